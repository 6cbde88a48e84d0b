import { readConfigOrExit } from '#service';
import { databasesSettings, makeDatabases } from './service-databases.js';

await makeDatabases(readConfigOrExit(databasesSettings));
