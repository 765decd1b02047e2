import { expect, it } from 'vitest'
import { openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { peopleOf } from '../../test/member-records.ts'

it('dues in arrears are found by whole months that have ended, and not where the record says nothing', async () => {
  // The clock stands at 2026-11-02: November is not owed yet.
  const people = await peopleOf(await openFixture())
  const paid = (number: string, name: string, duesPaidUntil?: string) =>
    people.registered({ idNumber: idOf(number), name, phone: null, ...(duesPaidUntil ? { duesPaidUntil } : {}) })
  await paid('11010119930303333', '费清', '2026-10-31')
  await paid('11010119930303334', '费一', '2026-09-30')
  await paid('11010119930303335', '费五', '2026-05-31')
  await paid('11010119930303336', '费空')
  const behind = async (months: number) =>
    (
      await people.secretary.send<{ rows: { name: string }[] }>('GET', `/members?duesBehind=${months}&sort=updated`)
    ).body.rows.map(({ name }) => name)
  expect([await behind(1), await behind(2), await behind(5), await behind(6)]).toEqual([
    ['费一', '费五'],
    ['费五'],
    ['费五'],
    [],
  ])
  expect((await people.secretary.send('GET', '/members?duesBehind=0')).status).toBe(400)
})
