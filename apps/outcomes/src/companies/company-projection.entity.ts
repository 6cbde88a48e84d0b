import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A company as its own service knows it. */
@Entity('companies')
export class CompanyProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('jsonb') name!: unknown;
  @Column('integer') version!: number;
}
