import { expect, it } from '@jest/globals';
import { databaseServiceNames, services } from '#contracts';
import { backupOrder } from './order.js';

it('takes the snapshot of every consumer before that of its sources', () => {
  expect(backupOrder.toSorted()).toEqual(databaseServiceNames.toSorted());
  for (const [place, name] of backupOrder.entries()) {
    for (const source of services[name].consumes) expect(backupOrder.slice(place + 1)).toContain(source);
  }
});
