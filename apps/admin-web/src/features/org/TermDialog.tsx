import { useWrite } from '@tongxin/client/use-write'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { setTerm, type TermRow } from '@tongxin/contract/org.terms'
import { type ElectingOrg, termEnd } from '@tongxin/domain/elections/conditions'
import { dateOf, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'

type Props = { unit: OrgRecord; term: TermRow | null; onClose: () => void }

/** Enters a new term after an election or appointment; its end is offered by rule (ELEC-21). */
export function TermDialog({ unit, term, onClose }: Props) {
  const { t } = useTranslation()
  const save = useWrite(setTerm, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  const today = dateOf(Date.now())
  const fromOn = term && term.untilOn < today ? term.untilOn : today
  const untilOn = endOf(unit, fromOn)
  const years = Number(untilOn.slice(0, 4)) - Number(fromOn.slice(0, 4))
  return (
    <ChangeDialog
      title={t('org.setTerm')}
      verb={t('org.save')}
      fields={['ordinal', 'fromOn', 'untilOn', 'seats', 'documentNumber']}
      optional={['documentNumber']}
      first={{
        ordinal: String((unit.termOrdinal ?? 0) + 1),
        fromOn,
        untilOn,
        seats: term?.seats ? String(term.seats) : '',
      }}
      lead={
        <p className="hint">
          {t('org.termLead')} {t('org.termHint', { years })}
        </p>
      }
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ ordinal, seats, documentNumber, ...days }) =>
        save.mutate({
          params: { id: unit.id },
          ifMatch: unit.version,
          body: {
            fromOn: days.fromOn ?? '',
            untilOn: days.untilOn ?? '',
            ...(Number(ordinal) > 0 ? { ordinal: Number(ordinal) } : {}),
            ...(Number(seats) > 0 ? { seats: Number(seats) } : {}),
            ...(documentNumber ? { documentNumber } : {}),
          },
        })
      }
    />
  )
}

function endOf({ kind, facts }: OrgRecord, electedOn: string): string {
  const nature = facts.hostUnitNature
  const place = nature === 'village' || nature === 'community' ? nature : 'other'
  const orgType: ElectingOrg =
    kind === 'committee' ? 'committee' : kind === 'general_branch' ? 'generalBranch' : 'branch'
  return termEnd({ orgType, place, electedOn }).value
}
