import { inLanguage, type InputOf, type sendAccountMail } from '#contracts';
import type { Language, MailText } from '../mail/mail-text.js';

export type AccountMail = InputOf<typeof sendAccountMail>;

/** How long codes and links are good, as the page of the interface says. */
const signInMinutes = 10;

/** The mail that lets a person in, in one language. */
export function accountMailText(mail: AccountMail, language: Language): MailText {
  return mail.kind === 'sign-in' ? signInText(mail, language) : invitationText(mail, language);
}

function signInText({ code, link }: AccountMail, language: Language): MailText {
  const words = signInWords[language];
  return {
    subject: code === undefined ? words.subject : words.subjectWithCode(code),
    heading: words.heading,
    blocks: [
      { kind: 'paragraph', text: words.intro },
      ...(code === undefined ? [] : [{ kind: 'code', code } as const]),
      { kind: 'button', label: words.button, url: link },
      { kind: 'paragraph', text: words.warning },
    ],
    footer: [words.footer],
  };
}

const signInWords = {
  zh: {
    subject: '登录 Waystop',
    subjectWithCode: (code: string) => `登录验证码 ${code}`,
    heading: '登录 Waystop',
    intro: `请在刚才的浏览器中输入下面的验证码，或直接打开链接。两者 ${signInMinutes} 分钟内有效，只能使用一次。`,
    button: '登录',
    warning: '请勿把验证码告诉任何人，我们的工作人员不会向您索要。',
    footer: '如果不是您本人要求登录，请忽略本邮件：没有验证码，任何人都无法登录。',
  },
  en: {
    subject: 'Sign in to Waystop',
    subjectWithCode: (code: string) => `${code} is your sign-in code`,
    heading: 'Sign in to Waystop',
    intro: `Type this code into the browser that you came from, or open the link. Both are good for ${signInMinutes} minutes and one sign-in.`,
    button: 'Sign in',
    warning: 'Never tell this code to anybody. We will not ask you for it.',
    footer: 'If you did not ask to sign in, ignore this mail: nobody gets in without the code.',
  },
} as const;

function invitationText(mail: AccountMail, language: Language): MailText {
  const words = invitationWords[language];
  const host = mail.organization ?? mail.company;
  const name = host === undefined ? 'Waystop' : inLanguage(host, language);
  const stop = mail.stop === undefined ? null : inLanguage(mail.stop, language);
  const facts = [
    { label: words.of, value: name },
    ...(mail.role === undefined ? [] : [{ label: words.as, value: words.roles[mail.role] }]),
    ...(stop === null ? [] : [{ label: words.stop, value: stop }]),
    ...(mail.invitedBy === undefined ? [] : [{ label: words.by, value: mail.invitedBy }]),
  ];
  return {
    subject: words.subject(name),
    heading: words.heading(name),
    blocks: [
      { kind: 'paragraph', text: words.intro },
      { kind: 'facts', facts },
      { kind: 'button', label: words.button, url: mail.link },
    ],
    footer: [words.footer],
  };
}

const invitationWords = {
  zh: {
    subject: (name: string) => `${name} 邀请您加入 Waystop`,
    heading: (name: string) => `${name} 邀请您加入`,
    intro: '用收到本邮件的邮箱登录，即表示接受邀请。无需设置密码。',
    of: '邀请方',
    as: '身份',
    stop: '活动',
    by: '邀请人',
    roles: { organizer: '组织者', staff: '现场工作人员', company: '企业成员' },
    button: '接受邀请',
    footer: '如果您不认识邀请方，请忽略本邮件。',
  },
  en: {
    subject: (name: string) => `${name} invites you to Waystop`,
    heading: (name: string) => `${name} invites you`,
    intro: 'Sign in with the address that this mail came to, and you have joined. There is no password.',
    of: 'Invited to',
    as: 'As',
    stop: 'Event',
    by: 'Invited by',
    roles: { organizer: 'organizer', staff: 'door staff', company: 'member of the company' },
    button: 'Accept the invitation',
    footer: 'If you do not know who invites you, ignore this mail.',
  },
} as const;
