import { Module } from '@nestjs/common';
import { RegistrationModule } from '../registrations/registration.module.js';
import { PeopleController } from './people.controller.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';
import { PruneDepartedJob } from './prune-departed-job.service.js';

@Module({
  imports: [RegistrationModule],
  controllers: [PeopleController],
  providers: [PeopleRepository, PeopleService, PruneDepartedJob],
})
export class PeopleModule {}
