import { Module } from '@nestjs/common';
import { ImportModule } from '../schedule-import/import.module.js';
import { TimetableModule } from '../timetable/timetable.module.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';

@Module({
  imports: [TimetableModule, ImportModule],
  controllers: [ExportController],
  providers: [ExportService],
})
export class ExportModule {}
