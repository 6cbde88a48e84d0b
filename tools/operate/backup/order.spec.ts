import { expect, it } from '@jest/globals';
import { traffic } from '#messaging';
import { backupOrder } from './order.js';

it('takes the snapshot of every follower before that of whom it follows', () => {
  expect(backupOrder.toSorted()).toEqual(Object.keys(traffic).toSorted());
  for (const [service, { follows }] of Object.entries(traffic)) {
    const place = backupOrder.findIndex((name) => name === service);
    for (const source of follows) expect(backupOrder.slice(place + 1)).toContain(source);
  }
});
