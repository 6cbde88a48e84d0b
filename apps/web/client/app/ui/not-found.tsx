import { pathIn } from '../../../shared/language.js';
import { lang, wordsOf } from '../words/index.js';
import { Screen } from './screen.js';

const t = wordsOf({
  zh: { title: '找不到这个页面', text: '地址可能有误，或者内容已经不在了。', home: '回到首页' },
  en: { title: 'Page not found', text: 'The address may be wrong, or what it led to is gone.', home: 'Home' },
});

/** An address of the application that leads nowhere. */
export function NotFound() {
  return (
    <Screen title={t.title} lead={t.text}>
      <p>
        <a className="button button-main" href={pathIn(lang, '/')}>
          {t.home}
        </a>
      </p>
    </Screen>
  );
}
