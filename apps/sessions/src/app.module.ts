import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from './companies/company-projection.module.js';
import { PersonalDataModule } from './personal-data/personal-data.module.js';
import { ReviewModule } from './reviews/review.module.js';
import { ExportModule } from './schedule-export/export.module.js';
import { ImportModule } from './schedule-import/import.module.js';
import { SessionModule } from './sessions/session.module.js';
import { SpeakerContactsModule } from './speaker-contacts/speaker-contacts.module.js';
import { StopChangeModule } from './stop-changes/stop-change.module.js';
import { TimetableModule } from './timetable/timetable.module.js';

@Module({
  imports: [
    CompanyProjectionModule,
    SessionModule,
    ReviewModule,
    TimetableModule,
    StopChangeModule,
    ImportModule,
    ExportModule,
    PersonalDataModule,
    SpeakerContactsModule,
  ],
})
export class AppModule {}
