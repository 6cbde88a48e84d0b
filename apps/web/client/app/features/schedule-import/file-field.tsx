import { useId } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '../../ui/ui.js';
import { sizeOf, type ChosenFile, type FileFault } from './chosen-file.js';
import { t } from './words.js';

interface Props {
  readonly file: ChosenFile | null;
  readonly fault: FileFault | null;
  readonly onChoose: (file: File | undefined) => void;
}

/** A button of our own: the browser's speaks the browser's language, not that of the page. */
export function FileField({ file, fault, onChoose }: Props) {
  const id = useId();
  return (
    <div className="field" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>
        {t.file}
      </span>
      <p className="actions">
        <FileTrigger
          acceptedFileTypes={['.json', '.xml', 'application/json', 'application/xml', 'text/xml']}
          onSelect={(files) => onChoose(files?.[0])}
        >
          <Button look={file === null ? 'main' : 'plain'}>{file === null ? t.choose : t.chooseOther}</Button>
        </FileTrigger>
        <span role="status">{file === null ? null : t.chosen(file.name, sizeOf(file))}</span>
      </p>
      <span className="field-hint">{t.fileHint}</span>
      {fault === null ? null : (
        <span className="field-fault" role="alert">
          {t[fault]}
        </span>
      )}
    </div>
  );
}
