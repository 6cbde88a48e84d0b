import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a verification code names. */
@Entity('codes')
export class CodeEntity {
  @PrimaryColumn('bytea') hash!: Buffer;
  @Column('text') kind!: string;
  @Column('uuid', { name: 'named_id' }) namedId!: string;
}
