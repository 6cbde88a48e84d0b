import type { Lang } from '../../../shared/language.js';
import { ApiProblem } from '../api/call.js';

/** What people read for a problem's code; a code without words shows the API's own sentence. */
const problems: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  network: {
    zh: '没有网络连接，或服务器没有响应。您填写的内容已保留，请稍后再试。',
    en: 'No connection, or no answer. What you typed is kept; please try again.',
  },
  'service.unavailable': {
    zh: '服务暂时没有响应，请稍后再试。您填写的内容已保留。',
    en: 'The service does not answer right now. Please try again; what you typed is kept.',
  },
  'outcome.not_held': {
    zh: '洽谈标记为已举行后才能填写成果。',
    en: 'The meeting has to be marked as held first.',
  },
  'outcome.own_step': { zh: '请由对方或主办方确认。', en: 'The other side or the organizer confirms this.' },
  'outcome.invalid_transition': {
    zh: '进展已有变化，请刷新后再试。',
    en: 'This has moved on. Please look again.',
  },
  'ledger.announced': {
    zh: '已发布的内容不能更改；可以发布更正。',
    en: 'What was announced stays. Announce a correction.',
  },
  'ledger.empty': { zh: '没有可发布的成员。', en: 'There is nobody to announce.' },
  'ledger.already_member': { zh: '该企业已经是成员。', en: 'The company is a member already.' },
  'case.invalid_transition': {
    zh: '案例的状态已变化，请刷新后再试。',
    en: 'The case has moved on. Please look again.',
  },
  'certificate.invalid_transition': {
    zh: '证书已撤销或更换。',
    en: 'The certificate was revoked or replaced.',
  },
  'internal.error': { zh: '出现了意外错误，请稍后再试。', en: 'Unexpected error. Please try again.' },
  'rate.limited': { zh: '操作太频繁，请稍等片刻再试。', en: 'Too many attempts. Please wait a moment.' },
  'auth.required': {
    zh: '请先登录；如果用的是密钥，请检查是否完整。',
    en: 'Please sign in; with a key, check that it is complete.',
  },
  'auth.forbidden': { zh: '当前身份没有这个权限。', en: 'You may not do this with your role.' },
  'auth.cross_site': { zh: '请从本站页面操作。', en: 'Please do this from this site’s own pages.' },
  'sign_in.wrong_code': {
    zh: '验证码不对，请再看一下邮件。',
    en: 'That code is wrong. Please look at the mail again.',
  },
  'sign_in.expired': {
    zh: '验证码或链接已失效，请重新获取。',
    en: 'The code or link is used up. Please ask for a new one.',
  },
  'sign_in.other_browser': {
    zh: '验证码只能在申请它的浏览器里使用。请在这里重新获取。',
    en: 'A code works in the browser that asked for it. Ask for a new one here.',
  },
  'request.invalid': {
    zh: '有内容需要修改，请看标出的位置。',
    en: 'Something needs correcting, where marked.',
  },
  'request.too_large': { zh: '内容太大，不能接收。', en: 'That is too large to be taken.' },
  'stop.not_started': { zh: '这一站还没有开始。', en: 'The stop has not begun yet.' },
  'resource.not_found': { zh: '找不到，或您无权查看。', en: 'Not found, or not yours to see.' },
  'precondition.failed': {
    zh: '别人刚刚改过。已载入最新内容，请再确认一次。',
    en: 'Somebody changed it just now. Please check again.',
  },
  'company.uscc_taken': {
    zh: '这个信用代码已经登记过。请用公司的联系邮箱登录，或请同事邀请您。',
    en: 'This credit code is registered already. Sign in with the company’s contact address, or ask a colleague to invite you.',
  },
  'company.suspended': {
    zh: '主办方已暂停贵公司的报名资格。',
    en: 'The organizer has suspended your company.',
  },
  'company.unverified': {
    zh: '这一站只接受已认证的公司。请联系主办方认证。',
    en: 'This stop takes verified companies only. Please ask the organizer.',
  },
  'stop.cancelled': { zh: '这一站已取消。', en: 'This stop is cancelled.' },
  'registration.not_open': { zh: '报名还没有开放。', en: 'Registration is not open yet.' },
  'registration.closed': { zh: '报名已经截止。', en: 'Registration is closed.' },
  'registration.frozen': {
    zh: '已过修改期限，不能再更改参会人。',
    en: 'Delegates can no longer be changed.',
  },
  'registration.full': { zh: '没有空余席位了。', en: 'No seats are left.' },
  'registration.duplicate': {
    zh: '贵公司已经报名了这一站。',
    en: 'Your company is registered for this stop already.',
  },
  'registration.too_many_delegates': {
    zh: '人数超过了这一站的上限。',
    en: 'More people than this stop takes from one company.',
  },
  'registration.invalid_transition': {
    zh: '报名的状态已经变化，不能这样操作。',
    en: 'The registration has changed; this is no longer possible.',
  },
  'registration.last_delegate': {
    zh: '最后一位不能移除，请取消整个报名。',
    en: 'The last delegate can’t be removed; cancel the registration.',
  },
  'session.room_conflict': { zh: '会场在这个时间已被占用。', en: 'The room is taken at that time.' },
  'session.speaker_conflict': {
    zh: '讲者在这个时间另有分享，或正在路上。',
    en: 'A speaker is in another session then, or on the way.',
  },
  'session.outside_stop': {
    zh: '超出了这一站的时间，或会场不属于这一站。',
    en: 'That is outside the stop’s hours or rooms.',
  },
  'session.invalid_transition': {
    zh: '这场分享的状态已经变化，不能这样操作。',
    en: 'The session has changed; this is no longer possible.',
  },
  'session.closed': {
    zh: '这场分享或这一站已经结束，不能再更改。',
    en: 'The session or the stop has ended; it can’t be changed.',
  },
  'stop.overlap': {
    zh: '与同一巡回的另一站时间重叠。',
    en: 'It overlaps with another stop of the tour.',
  },
  'stop.in_past': { zh: '结束时间已过。', en: 'Its end is past.' },
  'stop.use_reschedule': {
    zh: '已发布的站请用“改期”更改时间。',
    en: 'A published stop changes its dates by “Reschedule”.',
  },
  'stop.room_in_use': {
    zh: '有分享排在要移除的会场，请先改到别的会场。',
    en: 'A session is scheduled in a room that would go: move it first.',
  },
  'stop.invalid_transition': {
    zh: '这一站的状态已经变化，不能这样操作。',
    en: 'The stop has changed; this is no longer possible.',
  },
  'stop.not_draft': {
    zh: '只有从未发布的草稿可以删除。',
    en: 'Only a draft that was never published can be deleted.',
  },
  'tour.not_empty': { zh: '巡回里还有站，不能删除。', en: 'The tour still has stops.' },
  'signup.overlap': {
    zh: '有同事在同一时间已有安排。',
    en: 'Somebody is signed up elsewhere at that time.',
  },
  'session.full': { zh: '座位不够了。', en: 'There are not enough seats left.' },
  'signup.not_confirmed': {
    zh: '只能为已确认的参会人报名。',
    en: 'Only confirmed delegates can be signed up.',
  },
  'key.last': {
    zh: '这是公司的最后一个密钥，且没有成员，不能删除。',
    en: 'This is the last key of a company without members.',
  },
  'key.from_environment': {
    zh: '这个密钥由系统设置，不能删除。',
    en: 'This key comes from the installation’s settings.',
  },
  'member.last': { zh: '最后一位成员不能移除。', en: 'The last member can’t be removed.' },
  'mail.not_configured': {
    zh: '这里还没有设置邮件，暂时不能发送。',
    en: 'Mail is not set up here, so nothing can be sent.',
  },
  'mail.template_invalid': { zh: '有不认识的占位符。', en: 'A placeholder is not known.' },
  'webhook.url_refused': { zh: '这个地址不能用。', en: 'This address can’t be used.' },
  'webhook.limit_reached': { zh: 'Webhook 数量已达上限。', en: 'No more webhooks can be made.' },
  'webhook.not_active': { zh: '只有启用的 Webhook 可以这样操作。', en: 'The webhook is not active.' },
  'webhook.invalid_transition': {
    zh: 'Webhook 的状态已经变化，不能这样操作。',
    en: 'The webhook has changed; this is no longer possible.',
  },
  'events.cursor_too_old': { zh: '事件只保留 30 天。', en: 'Events are kept for 30 days.' },
  'bot.host_refused': { zh: '这不是这种机器人的地址。', en: 'This is no address of that kind of robot.' },
  'bot.refused': {
    zh: '机器人没有接受消息，请检查地址和密钥。',
    en: 'The robot refused the message: check address and secret.',
  },
  'announcement.audience_empty': { zh: '没有收件人。', en: 'It reaches nobody.' },
  'announcement.audience_changed': {
    zh: '收件人数有变化，请再核对。',
    en: 'The recipients have changed: check them again.',
  },
  'announcement.invalid_transition': { zh: '通知的状态已经变化。', en: 'The announcement has changed.' },
  'listing.personal_data': {
    zh: '文字里有邮箱或手机号，请去掉：双方同意见面后系统会互相告知。',
    en: 'The text holds an e-mail address or a mobile number. Please take it out.',
  },
  'listing.limit_reached': {
    zh: '已发布的供需达到上限，请先暂停或关闭一条。',
    en: 'No more can be published: pause or close one first.',
  },
  'listing.not_of_tour': {
    zh: '请先报名这个巡回的任意一站。',
    en: 'Please register for a stop of this tour first.',
  },
  'listing.invalid_transition': {
    zh: '这条供需的状态已经变化，不能这样操作。',
    en: 'This listing has changed; this is no longer possible.',
  },
  'meeting.not_attending': {
    zh: '贵公司没有报名这一站。',
    en: 'Your company is not registered for this stop.',
  },
  'meeting.closed': {
    zh: '现在不能约见：不在开放时间内，或对方不来这一站。',
    en: 'No requests right now: outside the window, or that company does not come.',
  },
  'meeting.unwanted': {
    zh: '贵公司标记了不想见，或对方已经婉拒过。',
    en: 'You marked them as unwanted, or they declined already.',
  },
  'meeting.duplicate': {
    zh: '双方已经有一个洽谈在进行中。',
    en: 'The two of you have a meeting under way already.',
  },
  'meeting.quota_reached': {
    zh: '等待回复的请求已达上限，请等对方答复或撤回一个。',
    en: 'Too many requests wait for an answer: wait, or withdraw one.',
  },
  'meeting.invalid_transition': {
    zh: '洽谈的状态已经变化，不能这样操作。',
    en: 'This meeting has changed; this is no longer possible.',
  },
  'meeting.slots_in_use': {
    zh: '有已排定的洽谈在要去掉的时段或桌上。请先在洽谈排桌里移开它们。',
    en: 'A meeting is scheduled in a slot or at a table that would go. Move it on the board first.',
  },
  'meeting.table_conflict': {
    zh: '这个时段的这张桌（或所有桌）刚被占用，请换一个。',
    en: 'This table, or every table, is taken at that time. Please choose another place.',
  },
  'meeting.limit_reached': {
    zh: '有一家企业的洽谈数已达到它自己定的上限。',
    en: 'A company has as many meetings as it wants.',
  },
  'meeting.outside_slots': {
    zh: '这里没有这个时段或这张桌，请看洽谈规则。',
    en: 'There is no such slot or table; see the meeting rules.',
  },
  'meeting.too_early': { zh: '洽谈还没有开始。', en: 'The meeting has not begun yet.' },
  'plan.running': {
    zh: '这一站有一个方案正在计算，请等它完成或取消它。',
    en: 'A plan of this stop is being computed: wait for it, or cancel it.',
  },
  'plan.nothing_to_place': {
    zh: '还没有双方都接受的洽谈，没有什么可排。',
    en: 'No meeting is accepted or scheduled yet: there is nothing to place.',
  },
  'plan.stale': {
    zh: '方案算出之后，洽谈、规则或企业的时间有了变化，不能再采用。请重新计算。',
    en: 'A meeting, the rules or somebody’s time has changed since: make a new plan.',
  },
  'plan.conflict': {
    zh: '有的位置刚刚被占，什么都没有改动。请看冲突，或重新计算。',
    en: 'Some places have just been taken; nothing was changed. See the conflicts, or plan anew.',
  },
  'plan.invalid_transition': {
    zh: '方案的状态已经变化，不能这样操作。',
    en: 'This plan has moved on; this is no longer possible.',
  },
  'meeting.person_conflict': {
    zh: '此人在这个时间另有安排。',
    en: 'This person has something else at that time.',
  },
  'consent.required': { zh: '需要参加者同意。', en: 'The person has to agree.' },
};

export function problemWords(error: unknown, lang: Lang): string {
  const code = error instanceof ApiProblem ? error.code : 'internal.error';
  const known = problems[code]?.[lang];
  if (known !== undefined) return known;
  return error instanceof ApiProblem && error.detail !== ''
    ? error.detail
    : (problems['internal.error']?.[lang] ?? '');
}
