import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '#contracts/people';
import { pathIn } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { hasKept } from '../../form/kept.js';
import { Ask, Button } from '../../ui/ui.js';
import { lang, words, wordsOf } from '../../words/index.js';

const t = wordsOf({
  zh: {
    title: '还有没提交的内容',
    hint: '这个标签页里有填了一半的表单。留下它，您再次登录后可以接着填，别人登录看不到；公用电脑请清除。',
    keep: '留下并退出',
    clear: '清除并退出',
  },
  en: {
    title: 'Some things were not sent yet',
    hint: 'A form in this tab is half filled in. Kept, it is there when you sign in again, and nobody else sees it. On a shared computer, clear it.',
    keep: 'Keep it and sign out',
    clear: 'Clear it and sign out',
  },
});

/** Signs out. What was typed and not sent is kept or cleared as its author says; without any, nothing is asked. */
export function SignOut({ person }: { person: Me }) {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const signOut = async (keepsDrafts: boolean): Promise<void> => {
    await call('POST', '/sign-out').catch(() => undefined);
    client.clear();
    if (!keepsDrafts) sessionStorage.clear();
    location.assign(pathIn(lang, '/'));
  };
  return (
    <>
      <Button look="link" onPress={() => (hasKept(person) ? setAsking(true) : void signOut(false))}>
        {words.nav.signOut}
      </Button>
      <Ask title={t.title} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{t.hint}</p>
        <p className="actions">
          <Button onPress={() => void signOut(true)}>{t.keep}</Button>
          <Button look="danger" onPress={() => void signOut(false)}>
            {t.clear}
          </Button>
          <Button look="plain" onPress={() => setAsking(false)}>
            {words.back}
          </Button>
        </p>
      </Ask>
    </>
  );
}
