import { useEffect } from 'react';
import { wordsOf } from '../words/index.js';
import { Screen } from './screen.js';
import { Button } from './ui.js';

const t = wordsOf({
  zh: {
    title: '这个页面没能打开',
    text: '可能是网络中断，或者网站刚刚更新过。已填写、还没提交的内容不会丢。',
    again: '重新打开',
  },
  en: {
    title: 'This page could not be opened',
    text: 'The connection may be lost, or the site was just updated. What you typed and did not send is kept.',
    again: 'Open it again',
  },
});

const reloadedKey = 'reloaded';
const onceWithinMs = 60_000;

/** What browsers say of a file of the application that is not there (any more). */
const isMissingFile = (error: unknown): boolean =>
  /dynamically imported module|importing a module script|unable to preload/i.test(String(error));

/** Stands for a screen that failed. After an update the files have other names, so the page is loaded anew by itself, once. */
export function Broken({ error }: { error: unknown }) {
  useEffect(() => {
    if (!isMissingFile(error) || !navigator.onLine || isReloaded()) return;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    location.reload();
  }, [error]);
  return (
    <Screen title={t.title} lead={t.text}>
      <p>
        <Button onPress={() => location.reload()}>{t.again}</Button>
      </p>
    </Screen>
  );
}

const isReloaded = (): boolean =>
  Date.now() - Number(sessionStorage.getItem(reloadedKey) ?? 0) < onceWithinMs;
