import { useWrite } from '@tongxin/client/use-write'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { setTerm } from '@tongxin/contract/org.terms'
import { say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'

/** Enters a new term after an election or appointment. */
export function TermDialog({ unit, onClose }: { unit: OrgRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useWrite(setTerm, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  return (
    <ChangeDialog
      title={t('org.setTerm')}
      verb={t('org.save')}
      fields={['ordinal', 'fromOn', 'untilOn', 'documentNumber']}
      optional={['documentNumber']}
      first={{ ordinal: String((unit.termOrdinal ?? 0) + 1), fromOn: unit.termUntil ?? '' }}
      lead={<p className="hint">{t('org.termLead')}</p>}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ ordinal, fromOn = '', untilOn = '', documentNumber }) =>
        save.mutate({
          params: { id: unit.id },
          ifMatch: unit.version,
          body: {
            fromOn,
            untilOn,
            ...(Number(ordinal) > 0 ? { ordinal: Number(ordinal) } : {}),
            ...(documentNumber ? { documentNumber } : {}),
          },
        })
      }
    />
  )
}
