import type { Language } from '../mail/mail-text.js';
import type { TemplateKind } from './mail-kind.js';

/** What a mail says before its table of facts: subject and Markdown. */
export interface MailWords {
  readonly subject: string;
  readonly text: string;
}

const zh: Record<TemplateKind, MailWords> = {
  'registration-confirmed': {
    subject: '报名成功：{stopName}',
    text: '{companyName} 报名 **{stopName}** 已确认，共 {seats} 个名额。\n\n各位代表会各自收到一封确认邮件。如需更换代表或取消报名，请登录后操作。',
  },
  'registration-promoted': {
    subject: '候补转正：{stopName}',
    text: '{companyName} 已从候补名单转为获得名额，**{stopName}** 共 {seats} 个名额。\n\n如果不再需要这些名额，请尽快取消报名，让给后面等候的企业。',
  },
  'registration-pending': {
    subject: '报名已收到，等待审核：{stopName}',
    text: '我们收到了 {companyName} 对 **{stopName}** 的报名（{seats} 人）。名额已为您保留，组织者尚未决定。审核有结果后会再通知您。',
  },
  'registration-waitlisted': {
    subject: '已进入候补名单：{stopName}',
    text: '{companyName} 对 **{stopName}** 的报名（{seats} 人）已进入候补名单，目前排在第 {waitlistPosition} 位。\n\n有名额空出时按报名先后递补，不保证一定能够参加。一旦递补成功，我们会立即通知您。',
  },
  'registration-declined': {
    subject: '报名未通过：{stopName}',
    text: '很抱歉，{companyName} 对 **{stopName}** 的报名没有通过。',
  },
  'registration-cancelled': {
    subject: '报名已取消：{stopName}',
    text: '{companyName} 对 **{stopName}** 的报名已取消，名额已释放。',
  },
  'seat-confirmed': {
    subject: '参会确认：{stopName}',
    text: '{recipientName}，您好：\n\n{companyName} 已为您报名 **{stopName}**，您的席位已确认。',
  },
  'seat-promoted': {
    subject: '候补转正，席位已确认：{stopName}',
    text: '{recipientName}，您好：\n\n{companyName} 已从候补名单转正，您在 **{stopName}** 的席位已确认。',
  },
  'seat-passed-on': {
    subject: '您的席位已转给他人：{stopName}',
    text: '{recipientName}，您好：\n\n{companyName} 已把您在 **{stopName}** 的席位交给其他人或不再保留，您无需参会。原来的入场码已失效。',
  },
  'seat-cancelled': {
    subject: '参会已取消：{stopName}',
    text: '{recipientName}，您好：\n\n{companyName} 对 **{stopName}** 的报名已取消，您的席位随之取消。',
  },
  'stop-rescheduled': {
    subject: '改期：{stopName} 改为 {date}',
    text: '**{stopName}** 的时间有变动，原定 {previousDate} {previousTime}，现改为 {date} {time}。您的报名继续有效。',
  },
  'stop-changed': {
    subject: '信息变更：{stopName}',
    text: '**{stopName}** 的名称或地点有变动，请以下面的信息为准。您的席位不变。',
  },
  'stop-cancelled': {
    subject: '活动取消：{stopName}',
    text: '很抱歉，**{stopName}** 已取消。您无需再做任何操作。',
  },
  badge: {
    subject: '入场码：{stopName}',
    text: '{recipientName}，您好：\n\n这是您参加 **{stopName}** 的入场码，请在签到处出示。入场码只属于您本人，请勿转发。',
  },
  reminder: {
    subject: '还有 {days} 天：{stopName}',
    text: '{recipientName}，您好：\n\n**{stopName}** 将于 {date} {time} 举行。请带上下面的入场码，在签到处出示。',
  },
  'speaker-reminder': {
    subject: '演讲提醒，还有 {days} 天：{stopName}',
    text: '{recipientName}，您好：\n\n您将在 **{stopName}** 演讲，具体安排如下。',
  },
  'session-proposed': {
    subject: '议题已收到：{sessionTitle}',
    text: '我们收到了 {companyName} 为 **{stopName}** 提交的议题《{sessionTitle}》。评审有结果后会通知您。',
  },
  'session-accepted': {
    subject: '议题入选：{sessionTitle}',
    text: '《{sessionTitle}》已入选 **{stopName}**。时间和会场会随日程发布另行通知。',
  },
  'session-rejected': {
    subject: '议题未入选：{sessionTitle}',
    text: '很抱歉，《{sessionTitle}》没有入选 **{stopName}**。感谢您的投稿。',
  },
  'talk-scheduled': {
    subject: '您的演讲已排期：{sessionTitle}',
    text: '{recipientName}，您好：\n\n您的演讲《{sessionTitle}》已排入 **{stopName}** 的日程。',
  },
  'talk-moved': {
    subject: '您的演讲有调整：{sessionTitle}',
    text: '{recipientName}，您好：\n\n您的演讲《{sessionTitle}》的时间或地点有调整，请以下面的信息为准。',
  },
  'talk-removed': {
    subject: '您的演讲已从日程中移除：{sessionTitle}',
    text: '{recipientName}，您好：\n\n您的演讲《{sessionTitle}》已不在 **{stopName}** 的日程中。',
  },
  'session-moved': {
    subject: '您预约的分享有调整：{sessionTitle}',
    text: '{recipientName}，您好：\n\n您预约的《{sessionTitle}》的时间或会场有调整。',
  },
  'session-cancelled': {
    subject: '分享已取消：{sessionTitle}',
    text: '{recipientName}，您好：\n\n《{sessionTitle}》已从 **{stopName}** 的日程中取消。',
  },
  'meeting-scheduled': {
    subject: '洽谈已安排：{partnerName}，{meetingDate} {meetingTime}',
    text: '{recipientName}，您好：\n\n{companyName} 与 {partnerName} 在 **{stopName}** 的洽谈已安排，由您参加。',
  },
  'meeting-moved': {
    subject: '洽谈有调整：{partnerName}，{meetingDate} {meetingTime}',
    text: '{recipientName}，您好：\n\n您与 {partnerName} 在 **{stopName}** 的洽谈，时间、地点或桌号有调整，请以下面的信息为准。',
  },
  'meeting-cancelled': {
    subject: '洽谈不再按原安排进行：{partnerName}',
    text: '{recipientName}，您好：\n\n您与 {partnerName} 在 **{stopName}** 的洽谈不再按原安排进行。如果另有安排，我们会再次通知。',
  },
  'outcome-announced': {
    subject: '成果发布：{stopName}',
    text: '{companyName} 出现在 **{stopName}** 新发布的成果中（联盟成员、案例或白皮书）。公开页面上有内容和核验码，任何人都可以核验。',
  },
  'follow-up-waiting': {
    subject: '一项合作进展等待确认：{stopName}',
    text: '与 {companyName} 有关的一项后续合作有了新进展，正在等待您的确认。请登录后查看并确认；确认之后进展才会生效。',
  },
};

const en: Record<TemplateKind, MailWords> = {
  'registration-confirmed': {
    subject: 'Registration confirmed: {stopName}',
    text: '{companyName} has {seats} seats at **{stopName}**.\n\nEach delegate gets a mail with the seat. Sign in to substitute a delegate or to cancel.',
  },
  'registration-promoted': {
    subject: 'You have seats now: {stopName}',
    text: '{companyName} has left the waiting list and has {seats} seats at **{stopName}**.\n\nIf you do not need them any more, please cancel soon: others wait.',
  },
  'registration-pending': {
    subject: 'Registration received, not yet decided: {stopName}',
    text: 'We have the registration of {companyName} for **{stopName}** ({seats} seats). The seats are held, and the organizer has not decided yet. We will write again.',
  },
  'registration-waitlisted': {
    subject: 'On the waiting list: {stopName}',
    text: '{companyName} is on the waiting list of **{stopName}** with {seats} seats, at present in place {waitlistPosition}.\n\nFreed seats go to those who came first. We can promise nothing, but will write at once when you have seats.',
  },
  'registration-declined': {
    subject: 'Registration declined: {stopName}',
    text: 'We are sorry: the registration of {companyName} for **{stopName}** was declined.',
  },
  'registration-cancelled': {
    subject: 'Registration cancelled: {stopName}',
    text: 'The registration of {companyName} for **{stopName}** was cancelled, and its seats are free again.',
  },
  'seat-confirmed': {
    subject: 'Your seat: {stopName}',
    text: 'Dear {recipientName},\n\n{companyName} has registered you for **{stopName}**, and your seat is confirmed.',
  },
  'seat-promoted': {
    subject: 'Your seat is confirmed: {stopName}',
    text: 'Dear {recipientName},\n\n{companyName} has left the waiting list: your seat at **{stopName}** is confirmed.',
  },
  'seat-passed-on': {
    subject: 'Your seat was passed on: {stopName}',
    text: 'Dear {recipientName},\n\n{companyName} has passed on your seat at **{stopName}**, or does not keep it. You need not come, and your old badge is no longer valid.',
  },
  'seat-cancelled': {
    subject: 'Your seat was cancelled: {stopName}',
    text: 'Dear {recipientName},\n\nthe registration of {companyName} for **{stopName}** was cancelled, and with it your seat.',
  },
  'stop-rescheduled': {
    subject: 'New date: {stopName} on {date}',
    text: '**{stopName}** was planned for {previousDate}, {previousTime}. It takes place on {date}, {time}. Your registration stays.',
  },
  'stop-changed': {
    subject: 'Changed: {stopName}',
    text: 'The name or the place of **{stopName}** has changed: below is what counts now. Your seat stays.',
  },
  'stop-cancelled': {
    subject: 'Cancelled: {stopName}',
    text: 'We are sorry: **{stopName}** does not take place. You need not do anything.',
  },
  badge: {
    subject: 'Your badge: {stopName}',
    text: 'Dear {recipientName},\n\nthis is your badge for **{stopName}**. Show it at the door. It is yours alone: please do not pass it on.',
  },
  reminder: {
    subject: 'In {days} days: {stopName}',
    text: 'Dear {recipientName},\n\n**{stopName}** takes place on {date}, {time}. Bring the badge below and show it at the door.',
  },
  'speaker-reminder': {
    subject: 'Your talk in {days} days: {stopName}',
    text: 'Dear {recipientName},\n\nyou speak at **{stopName}**. Here is when and where.',
  },
  'session-proposed': {
    subject: 'Proposal received: {sessionTitle}',
    text: 'We have the proposal “{sessionTitle}” of {companyName} for **{stopName}**. We will write when it is decided.',
  },
  'session-accepted': {
    subject: 'Accepted: {sessionTitle}',
    text: '“{sessionTitle}” is accepted for **{stopName}**. You will hear of its time and room with the timetable.',
  },
  'session-rejected': {
    subject: 'Not accepted: {sessionTitle}',
    text: 'We are sorry: “{sessionTitle}” was not accepted for **{stopName}**. Thank you for proposing it.',
  },
  'talk-scheduled': {
    subject: 'Your talk has a time: {sessionTitle}',
    text: 'Dear {recipientName},\n\nyour talk “{sessionTitle}” is in the timetable of **{stopName}**.',
  },
  'talk-moved': {
    subject: 'Your talk has moved: {sessionTitle}',
    text: 'Dear {recipientName},\n\nthe time or the place of your talk “{sessionTitle}” has changed: below is what counts now.',
  },
  'talk-removed': {
    subject: 'Your talk was taken out: {sessionTitle}',
    text: 'Dear {recipientName},\n\nyour talk “{sessionTitle}” is no longer in the timetable of **{stopName}**.',
  },
  'session-moved': {
    subject: 'Moved: {sessionTitle}',
    text: 'Dear {recipientName},\n\n“{sessionTitle}”, for which you signed up, has another time or room.',
  },
  'session-cancelled': {
    subject: 'Cancelled: {sessionTitle}',
    text: 'Dear {recipientName},\n\n“{sessionTitle}” does not take place at **{stopName}**.',
  },
  'meeting-scheduled': {
    subject: 'Meeting with {partnerName}: {meetingDate}, {meetingTime}',
    text: 'Dear {recipientName},\n\nthe meeting of {companyName} and {partnerName} at **{stopName}** has a time and a table. You are the one who comes.',
  },
  'meeting-moved': {
    subject: 'Meeting moved: {partnerName}, {meetingDate}, {meetingTime}',
    text: 'Dear {recipientName},\n\nyour meeting with {partnerName} at **{stopName}** has another time, place or table: below is what counts now.',
  },
  'meeting-cancelled': {
    subject: 'Meeting called off: {partnerName}',
    text: 'Dear {recipientName},\n\nyour meeting with {partnerName} at **{stopName}** does not take place as planned. Should it get another time, we will write again.',
  },
  'outcome-announced': {
    subject: 'Announced: what {stopName} led to',
    text: '{companyName} is named in what was announced after **{stopName}**: members, cases or papers. The public page shows it with a code that anybody can check.',
  },
  'follow-up-waiting': {
    subject: 'A step waits for your confirmation: {stopName}',
    text: 'A follow-up of {companyName} has a new step that waits for your confirmation. Please sign in, look at it and confirm it: the follow-up moves on only then.',
  },
};

/** The texts that come with the installation. */
export const defaultTexts: Readonly<Record<Language, Readonly<Record<TemplateKind, MailWords>>>> = { zh, en };
