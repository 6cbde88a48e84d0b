import type { Page } from 'playwright-core';

/** The organizer's registrations of one stop. */
export class RegistrationsPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string): Promise<void> {
    await this.page.goto(`${this.url}/console/stops/${stopId}/registrations`);
    await this.page.getByRole('table').waitFor();
  }

  readonly row = (company: string) => this.page.getByRole('row', { name: new RegExp(company) });
  readonly approve = () => this.page.getByRole('button', { name: '通过', exact: true });
  readonly undo = () => this.page.getByRole('button', { name: '撤销' });

  async choose(company: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `选择 ${company}` }).check();
  }

  async show(state: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${state} \\d+$`) }).click();
  }
}
