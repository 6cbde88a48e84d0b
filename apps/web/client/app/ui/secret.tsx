import { useState } from 'react';
import { words } from '../words/index.js';
import { Button } from './ui.js';

interface SecretProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly copy?: string;
}

/** What is shown this once, to be copied. */
export function Secret({ label, hint, value, copy = words.copy }: SecretProps) {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="notice notice-good" role="status">
      <p>
        <strong>{label}</strong>
      </p>
      {hint === undefined ? null : <p>{hint}</p>}
      <p>
        <code className="address">{value}</code>
      </p>
      <p>
        <Button
          look="plain"
          onPress={() => void navigator.clipboard?.writeText(value).then(() => setCopied(true))}
        >
          {isCopied ? words.signUp.copied : copy}
        </Button>
      </p>
    </div>
  );
}
