import { createServer, type Socket } from 'node:net';

/** What an SMTP server has taken so far; its parent asks. */
export interface TakenMails {
  readonly announcements: number;
  /** When the first and the last of them was taken, in milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** In the subject of the mails that count. */
export const announcementSubject = 'Bench announcement';
const endOfMail = '\r\n.\r\n';
let taken: TakenMails = { announcements: 0, firstAt: 0, lastAt: 0 };

function take(mail: string): void {
  if (!mail.includes(`Subject: ${announcementSubject}`)) return;
  const at = Date.now();
  taken = { announcements: taken.announcements + 1, firstAt: taken.firstAt || at, lastAt: at };
}

/** As little of SMTP (RFC 5321) as a client needs, so that the machine is the sender's. */
function serve(socket: Socket): void {
  let text = '';
  let isMail = false;
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  socket.write('220 bench\r\n');
  socket.on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = text.indexOf(isMail ? endOfMail : '\r\n');
      if (end < 0) return;
      const part = text.slice(0, end);
      text = text.slice(end + (isMail ? endOfMail.length : 2));
      if (isMail) take(part);
      const isData = !isMail && /^DATA$/i.test(part);
      isMail = isData;
      socket.write(isData ? '354 go on\r\n' : /^QUIT$/i.test(part) ? '221 bye\r\n' : '250 ok\r\n');
    }
  });
}

const server = createServer(serve);
if (process.send !== undefined) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
  });
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(taken));
}
