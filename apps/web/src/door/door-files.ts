import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Assets } from '../assets/assets.service.js';
import { sentPage, type SentPage } from '../pages/page-cache.js';
import { doorPolicy } from '../policy/policy.js';
import { languages, pathIn, type Lang } from '../../shared/language.js';
import { renderDoor } from './door-document.js';

const entry = 'door/main.tsx';
const decoder = 'door/scanner/decode.worker.ts';
const serviceWorker = 'door/service-worker.ts';

/** What the door is made of: one document a language, and the worker that keeps it for times without a network. */
@Injectable()
export class DoorFiles {
  private readonly documents = new Map<Lang, Promise<SentPage>>();
  private madeWorker: Promise<string | null> | undefined;

  constructor(private readonly assets: Assets) {}

  document(lang: Lang): Promise<SentPage> {
    let made = this.documents.get(lang);
    if (made === undefined) {
      const html = this.html(lang);
      made = sentPage(html, { status: 200, policy: doorPolicy, isStale: false });
      this.documents.set(lang, made);
    }
    return made;
  }

  /** `null` where the process runs without the client's build. */
  async worker(): Promise<{ type: string; text: string } | null> {
    this.madeWorker ??= this.makeWorker();
    const text = await this.madeWorker;
    return text === null ? null : { type: 'text/javascript; charset=utf-8', text };
  }

  /** The list of files stands before the script: a new build of any of them makes another worker. */
  private async makeWorker(): Promise<string | null> {
    const { script } = this.assets.entry(serviceWorker);
    const asset = script === null ? null : await this.assets.find(script);
    if (asset === null) return null;
    const documents = languages.map((lang) => pathIn(lang, '/door'));
    const files = [...documents, '/icon.svg', ...this.assets.files(entry), ...this.assets.files(decoder)];
    const html = languages.map((lang) => this.html(lang)).join('\n');
    const version = createHash('sha256').update(files.join('\n')).update(html).digest('hex').slice(0, 12);
    return `self.doorBuild = ${JSON.stringify({ version, files })};\n${asset.plain.toString('utf8')}`;
  }

  private html(lang: Lang): string {
    return renderDoor(lang, this.assets.entry(entry), this.assets.entry(decoder).script);
  }
}
