import type { Db, Tx } from '../../../platform/ctx.ts'

export type Remark = { id: string; workId: string; personId: string; writer: string; body: string; at: Date }

const remarks = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_remark as r')
    .select(['r.id', 'r.work_id as workId', 'r.person_id as personId', 'r.writer', 'r.body', 'r.at'])
    .where('r.tenant_id', '=', tenantId)
    .where('r.withdrawn_at', 'is', null)

export const remarksOn = (db: Db, tenantId: string, workId: string): Promise<Remark[]> =>
  remarks(db, tenantId).where('r.work_id', '=', workId).orderBy('r.at').limit(200).execute()

export const lockRemark = (tx: Tx, tenantId: string, id: string): Promise<Remark | undefined> =>
  remarks(tx, tenantId).where('r.id', '=', id).forUpdate('r').executeTakeFirst()

export async function insertRemark(tx: Tx, tenantId: string, remark: Remark & { orgPath: string }): Promise<void> {
  await tx
    .insertInto('study_remark')
    .values({
      tenant_id: tenantId,
      id: remark.id,
      work_id: remark.workId,
      person_id: remark.personId,
      org_path: remark.orgPath,
      writer: remark.writer,
      body: remark.body,
      at: remark.at,
    })
    .execute()
}

export async function withdrawRemark(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('study_remark')
    .set({ withdrawn_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
