import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('mail_templates')
export class TemplateEntity {
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @PrimaryColumn('text') kind!: string;
  @PrimaryColumn('text') language!: string;
  @Column('text') subject!: string;
  @Column('text') text!: string;
}
