import { useState } from 'react';
import type { ScheduleImport } from '#contracts/exchange';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Button } from '../../ui/ui.js';
import { readFile, type ChosenFile, type FileFault } from './chosen-file.js';
import { FileField } from './file-field.js';
import { comparePath, importPath, usualOptions, type ImportOptions } from './import-request.js';
import { OptionsForm } from './options-form.js';
import { Compared, Imported, Refused, isWholeRefused } from './report-panel.js';
import { t } from './words.js';

/** Choose a file, compare, then import: what is compared is what is imported, so another choice begins anew. */
export function ImportSteps({ stop }: { stop: Stop }) {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [fault, setFault] = useState<FileFault | null>(null);
  const [options, setOptions] = useState<ImportOptions>(usualOptions);
  const compare = useAct({
    run: (chosen: ImportOptions) =>
      call<ScheduleImport>('POST', comparePath(stop.id, chosen), { body: file?.content }),
    refresh: [],
  });
  const take = useAct({
    run: (_: void, idempotencyKey) =>
      call<ScheduleImport>('POST', importPath(stop.id, options), { body: file?.content, idempotencyKey }),
    refresh: ['sessions', 'stop', 'stops', 'timetable'],
  });
  const startAnew = (): void => {
    compare.reset();
    take.reset();
  };
  const choose = async (chosen: File | undefined): Promise<void> => {
    startAnew();
    if (chosen === undefined) return;
    const read = await readFile(chosen);
    setFault('fault' in read ? read.fault : null);
    setFile('fault' in read ? null : read);
  };
  const change = (changed: ImportOptions): void => {
    take.reset();
    // The other options do not change what the file says, so what was compared stays.
    if (changed.isAligned !== options.isAligned) compare.reset();
    setOptions(changed);
  };
  const align = (): void => {
    const aligned = { ...options, isAligned: true };
    change(aligned);
    compare.act(aligned);
  };
  const isClosed = stop.status === 'cancelled' || stop.status === 'completed';
  const isBusy = compare.isBusy || take.isBusy;
  return (
    <>
      <section className="stack form" aria-label={t.file}>
        {isClosed ? <p className="notice">{t.closed}</p> : null}
        <FileField file={file} fault={fault} onChoose={(chosen) => void choose(chosen)} />
        <OptionsForm options={options} onChange={change} />
        <p className="actions">
          <Button
            look={compare.data === undefined ? 'main' : 'plain'}
            isDisabled={file === null || isBusy}
            onPress={() => {
              take.reset();
              compare.act(options);
            }}
          >
            {t.compare}
          </Button>
        </p>
      </section>
      <Refused stop={stop} error={compare.error ?? take.error} />
      {take.data !== undefined ? (
        <Imported stop={stop} report={take.data} />
      ) : compare.data === undefined || isWholeRefused(take.error) ? null : (
        <Compared
          stop={stop}
          report={compare.data}
          options={options}
          isBusy={isBusy || isClosed}
          onAlign={options.isAligned ? null : align}
          onImport={() => take.act()}
        />
      )}
    </>
  );
}
