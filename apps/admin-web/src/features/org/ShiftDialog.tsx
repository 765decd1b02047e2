import { useWrite } from '@tongxin/client/use-write'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { shiftTerm, type TermRow } from '@tongxin/contract/org.terms'
import { say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'

/** Delays or advances the end of the running term, with the approval of the level above. */
export function ShiftDialog({ unit, term, onClose }: { unit: OrgRecord; term: TermRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [isAccepted, setAccepted] = useState(false)
  const save = useWrite(shiftTerm, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  const wrongEnd = useFieldErrors(save.error)('/body/untilOn')
  return (
    <ChangeDialog
      title={t('org.shiftTerm')}
      verb={t('org.save')}
      fields={['untilOn', 'documentNumber', 'approvedOn', 'reason']}
      first={{ untilOn: term.untilOn }}
      lead={<p className="hint">{t('org.shiftLead', { planned: term.plannedUntilOn })}</p>}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ untilOn = '', documentNumber = '', approvedOn = '', reason = '' }) =>
        save.mutate({
          params: { id: unit.id },
          ifMatch: unit.version,
          body: { untilOn, documentNumber, approvedOn, reason, ...(isAccepted ? { acceptTooFar: true } : {}) },
        })
      }
    >
      {wrongEnd || isAccepted ? (
        <label className="tick">
          <input type="checkbox" checked={isAccepted} onChange={(event) => setAccepted(event.target.checked)} />
          {t('org.acceptTooFar')}
        </label>
      ) : null}
    </ChangeDialog>
  )
}
