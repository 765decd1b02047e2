import { requiredDocuments } from '@tongxin/domain/members/dossier'
import type { Branch, BranchPerson } from './branch-life.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
const PLACES = ['澜川大学档案馆 3 号库', '院党委组织科档案柜'] as const
/** Of these papers one lies in the folder as a copy, or is missing. */
const SCANNED = 'training_certificate'
const LOST = 'autobiography'

/**
 * Paper folders of two branches: where they lie, what is in them and what one lacks, and loans of every kind: asked for,
 * out, overdue, back and refused.
 */
export async function keepDossiers(stage: Stage, plan: Plan): Promise<void> {
  for (const [place, branch] of plan.branches.slice(0, 2).entries()) {
    const people = branch.people.filter(({ category }) => category === 'formal').slice(0, 6)
    await at(new Date(stage.now.getTime() - 60 * DAY), async () => {
      for (const [row, person] of people.entries()) await file(stage, branch, person, { place, row })
    })
    await lend(stage, branch, people)
  }
}

async function file(
  stage: Stage,
  branch: Branch,
  person: BranchPerson,
  { place, row }: { place: number; row: number },
) {
  const officer = stage.desks.ofPost('branch_officer', branch.id)
  const folder = `/members/${person.memberId}/dossier`
  await officer('PUT', `${folder}/place`, {
    place: PLACES[place] ?? PLACES[0],
    cabinet: String(place + 2),
    box: String(11 + Math.floor(row / 3)),
    volume: String(101 + row),
  })
  for (const [at, document] of requiredDocuments('formal').entries()) {
    if (row === 1 && document === LOST) continue
    const form = row % 2 === 1 && document === SCANNED ? 'copy' : 'original'
    await officer('POST', `${folder}/papers`, { document, on: null, pages: 2 + ((row + at) % 9), form })
  }
}

const dayOf = (stage: Stage, after: number): string =>
  new Date(stage.now.getTime() + after * DAY + 8 * 3_600_000).toISOString().slice(0, 10)

type Loan = {
  readonly borrower: string
  readonly purpose: string
  /** Days from today on which it was asked for and is due. */
  readonly asked: number
  readonly due: number
  readonly end: 'asked' | 'out' | 'back' | 'refused'
}
const LOANS: readonly Loan[] = [
  { borrower: '校党委组织部干部科', purpose: '核对任前公示中的入党时间', asked: -20, due: -13, end: 'back' },
  { borrower: '校纪委办公室', purpose: '核查个人有关事项', asked: -16, due: -4, end: 'out' },
  { borrower: '云岭省委党校', purpose: '办理进修班学员资格审核', asked: -5, due: 6, end: 'out' },
  { borrower: '某律师事务所', purpose: '私人委托查阅', asked: -9, due: -2, end: 'refused' },
  { borrower: '离退休工作处', purpose: '办理“光荣在党50年”纪念章', asked: -1, due: 9, end: 'asked' },
]

async function lend(stage: Stage, branch: Branch, people: readonly BranchPerson[]): Promise<void> {
  const officer = stage.desks.ofPost('branch_officer', branch.id)
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  for (const [place, loan] of LOANS.entries()) {
    const person = people[place]
    if (!person) continue
    const loans = `/members/${person.memberId}/dossier/loans`
    const asked = new Date(stage.now.getTime() + loan.asked * DAY)
    await at(asked, async () => {
      const { borrower, purpose } = loan
      const { id } = await officer<{ id: string }>('POST', loans, { borrower, purpose, dueOn: dayOf(stage, loan.due) })
      if (loan.end === 'asked') return
      const verdict =
        loan.end === 'refused' ? { verdict: 'refuse', reason: '非组织函件，不予借阅' } : { verdict: 'agree' }
      await secretary('POST', `${loans}/${id}/decide`, verdict)
      if (loan.end === 'back')
        await at(new Date(asked.getTime() + 5 * DAY), () =>
          officer('POST', `${loans}/${id}/return`, { on: dayOf(stage, loan.asked + 5) }),
        )
    })
  }
}
