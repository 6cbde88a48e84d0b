import type { Locator, Page } from 'playwright-core';

function fieldIn(within: Page | Locator, label: string): Locator {
  return within.getByLabel(new RegExp(`^${label.replace(/[()]/g, '\\$&')}( \\(选填\\))?$`));
}

/** The organizer's screens about what a stop led to, in Chinese. */
export class LedgerPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string, screen: 'members' | 'cases' | 'papers' | 'certificates'): Promise<void> {
    await this.page.goto(`${this.url}/console/stops/${stopId}/outcomes/${screen}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** A field by its label, which may be followed by a word that it is optional. */
  readonly field = (label: string): Locator => fieldIn(this.page, label);
  readonly fieldOfDialog = (label: string): Locator => fieldIn(this.dialog(), label);
  readonly dialog = (): Locator => this.page.getByRole('dialog');
  readonly row = (name: string): Locator => this.page.getByRole('row', { name: new RegExp(name) });
  readonly card = (title: string): Locator => this.page.getByRole('listitem').filter({ hasText: title });
  readonly says = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor();

  /** Opens a form that is folded away. */
  readonly unfold = (summary: string): Promise<void> =>
    this.page.locator('summary', { hasText: summary }).first().click();

  readonly press = (button: string): Promise<void> =>
    this.page.getByRole('button', { name: button, exact: true }).click();

  /** Presses a button, and the one of the dialog that asks whether it is meant. */
  async pressSurely(button: string, action: string): Promise<void> {
    await this.press(button);
    await this.answer(action);
  }

  async answer(action: string): Promise<void> {
    await this.dialog().getByRole('button', { name: action, exact: true }).click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  /** Begins a batch, and adds members that are no companies here. */
  async makeBatch(series: string, names: readonly string[]): Promise<void> {
    await this.unfold('新建批次');
    await this.field('联盟名称（中文）').fill('数据标注产业联盟');
    await this.field('编号系列').fill(series);
    await this.press('新建');
    for (const [at, name] of names.entries()) {
      if (at === 0) await this.unfold('添加成员');
      await this.field('成员').selectOption('name');
      await this.field('名称（中文）').fill(name);
      await this.field('类别').fill('会员单位');
      await this.press('添加');
      await this.row(name).waitFor();
    }
  }
}
