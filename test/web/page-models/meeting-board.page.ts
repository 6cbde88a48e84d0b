import type { Locator, Page } from 'playwright-core';

/** The organizer's screens about the meetings of a stop, in Chinese. */
export class MeetingBoardPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string, screen = '', language: '' | '/en' = ''): Promise<void> {
    await this.page.goto(`${this.url}${language}/console/stops/${stopId}/meetings${screen}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  readonly button = (name: string | RegExp): Locator =>
    this.page.getByRole('button', { name, exact: typeof name === 'string' });
  readonly dialog = (): Locator => this.page.getByRole('dialog');
  readonly field = (label: string): Locator => this.page.getByLabel(label);
  readonly spoken = (): Locator => this.page.getByTestId('spoken');
  readonly says = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor();
  readonly waiting = (company: string): Locator =>
    this.page.locator('[data-waiting] [data-meeting]', { hasText: company });
  readonly placed = (company: string): Locator =>
    this.page.locator('[role=grid] [data-meeting]', { hasText: company });
  /** A table in the last slot in which nobody meets. */
  async emptyCell(table: number): Promise<Locator> {
    const row = this.page.locator('[role=grid] tbody tr:not(:has([data-meeting]))').last();
    const cell = await row
      .locator('td button')
      .nth(table - 1)
      .getAttribute('data-cell');
    return this.page.locator(`[data-cell="${cell}"]`);
  }

  /** Until the move before is done with. */
  async settle(): Promise<void> {
    await this.page.getByText('正在保存 …').waitFor({ state: 'detached' });
  }

  /** Lifts a meeting, presses keys, and drops it. */
  async moveByKeys(meeting: Locator, ...keys: string[]): Promise<void> {
    await this.settle();
    await meeting.focus();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.board-body[data-lifted=keys]').waitFor();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.page.keyboard.press('Enter');
  }

  async drag(from: Locator, to: Locator): Promise<void> {
    await this.settle();
    await to.scrollIntoViewIfNeeded();
    const [start, end] = [await boxOf(from), await boxOf(to)];
    const mouse = this.page.mouse;
    await mouse.move(start.x + 20, start.y + 10);
    await mouse.down();
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
    await mouse.up();
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('Nothing is drawn there.');
  return box;
}
