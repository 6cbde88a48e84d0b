import type { Locator, Page } from 'playwright-core';

/** The planner of one stop, in Chinese. */
export class PlannerPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string, language: '' | '/en' = ''): Promise<void> {
    await this.page.goto(`${this.url}${language}/console/stops/${stopId}/planner`);
    await this.page.getByRole('heading', { level: 2 }).first().waitFor();
  }

  readonly session = (title: string): Locator =>
    this.page.locator('[data-session]').filter({ hasText: title });
  /** A session at its place, which it tells to readers as well. */
  readonly placed = (title: string, room: string, time: string): Locator =>
    this.session(title)
      .filter({ hasText: room })
      .filter({ hasText: `${time}–` });
  readonly unscheduled = (title: string): Locator =>
    this.page.locator('section', { has: this.page.locator('#unscheduled') }).locator('[data-session]', {
      hasText: title,
    });
  readonly lifted = (): Locator => this.page.getByRole('application');
  readonly spoken = (): Locator => this.page.getByTestId('spoken');
  readonly alert = (): Locator => this.page.getByRole('alert');
  readonly dialog = (): Locator => this.page.getByRole('dialog');
  readonly button = (name: string): Locator => this.page.getByRole('button', { name, exact: true });

  /** Lifts a session, presses keys, and drops it. */
  async moveByKeys(title: string, ...keys: string[]): Promise<void> {
    await this.session(title).focus();
    await this.page.keyboard.press('Enter');
    await this.lifted().waitFor();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.page.keyboard.press('Enter');
  }

  /** @param minutes after the first hour that is shown */
  async drag(title: string, room: number, minutes: number): Promise<void> {
    const from = await boxOf(this.session(title));
    const to = await boxOf(this.page.locator('[data-room]').nth(room));
    const perMinute = to.height / (await this.hours()) / 60;
    const mouse = this.page.mouse;
    await mouse.move(from.x + 20, from.y + 4);
    await mouse.down();
    await mouse.move(to.x + 40, to.y + minutes * perMinute + 6, { steps: 8 });
    await mouse.up();
  }

  /** The hours that the grid shows. */
  hours(): Promise<number> {
    return this.page.locator('.plan-times span').count();
  }

  async openDialog(title: string): Promise<void> {
    await this.session(title).click();
    await this.dialog().waitFor();
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('Nothing is drawn there.');
  return box;
}
