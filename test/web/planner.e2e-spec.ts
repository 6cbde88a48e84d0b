import { beforeAll, expect, it } from '@jest/globals';
import { must } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths, axeViolations } from './browser.js';
import { PlannerPage } from './page-models/planner.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { preparePlannedStop, type PlannedStop } from './planned-stop.js';

let stop: PlannedStop;

describeInBrowser('organizers who plan at once', () => {
  beforeAll(async () => {
    stop = await preparePlannedStop(['甲', '乙', '丙']);
    await stop.schedule('甲', 0, '09:00');
    await stop.schedule('乙', 0, '10:00');
  });

  it('see each other’s moves, and lose none: a refused one goes back with its reason, an outdated one is asked about', async () => {
    const { url, organizer, organizerKey, stopId } = stop;
    await inNewBrowser({ viewport: widths.desk }, ({ page: live }) =>
      inNewBrowser({ viewport: widths.desk }, async ({ page: blind }) => {
        const [here, there] = [new PlannerPage(live, url), new PlannerPage(blind, url)];
        await new SignInPage(live, url).withKey(organizerKey);
        await new SignInPage(blind, url).withKey(organizerKey);
        // One of the two does not hear of what the other does.
        await blind.route('**/v1/events/stream*', (route) => route.abort());
        await here.open(stopId);
        await there.open(stopId);
        await there.session('甲').waitFor();
        await blind.route('**/v1/stops/*/sessions*', (route) => route.abort());

        await here.moveByKeys('丙', 'ArrowRight', 'ArrowDown', 'ArrowDown');
        await here.placed('丙', '会场2', '09:30').waitFor();
        await live.getByText('● 实时更新').waitFor();

        await there.moveByKeys('乙', 'ArrowRight', 'ArrowUp', 'ArrowUp');
        await there.alert().waitFor();
        expect(await there.alert().innerText()).toContain('“乙”回到了原处：会场在这个时间已被占用。');
        expect(await there.alert().innerText()).toContain('丙 09:30–10:00');
        await there.placed('乙', '会场1', '10:00').waitFor();
        expect(await axeViolations(blind)).toEqual([]);

        await here.drag('甲', 1, 180);
        await here.placed('甲', '会场2', '12:00').waitFor();
        await there.moveByKeys('甲', 'ArrowDown', 'ArrowDown');
        await there.dialog().waitFor();
        expect(await there.dialog().innerText()).toContain('会场2 12:00–12:30');
        await there.button('仍然按我的移动').click();
        await there.placed('甲', '会场1', '09:30').waitFor();
        await live.getByText('同事把“甲”移到了 会场1 09:30–10:00。').waitFor();
        await here.placed('甲', '会场1', '09:30').waitFor();

        await there.button('↶ 撤销').click();
        await there.placed('甲', '会场2', '12:00').waitFor();
        await blind.getByText('每 10 秒更新').waitFor();
        const saved = await must(organizer.get(`/v1/sessions/${stop.sessionIds['甲']}`));
        expect(saved).toMatchObject({ roomId: stop.roomIds[1], startsAt: stop.at('12:00') });
      }),
    );
  });
});
