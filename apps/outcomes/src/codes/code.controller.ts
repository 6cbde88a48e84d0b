import { Controller } from '@nestjs/common';
import { verifyCode, type InputOf, type Verification } from '#contracts';
import { RequestHandler } from '#messaging';
import { Database } from '#persistence';
import { CodeDerivation } from './code-derivation.service.js';
import { countVerification } from './code.metrics.js';
import { CodeRepository } from './code.repository.js';
import { verified } from './verified.js';

@Controller()
export class CodeController {
  constructor(
    private readonly database: Database,
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
  ) {}

  @RequestHandler(verifyCode)
  async verify({ code }: InputOf<typeof verifyCode>): Promise<Verification> {
    const thing = await this.codes.find(this.database, this.derivation.hashOfWritten(code));
    const answer = verified(thing, (id) => this.derivation.codeOf(thing?.kind ?? 'certificate', id));
    countVerification(answer);
    return answer;
  }
}
