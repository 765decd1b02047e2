import { useWrite } from '@tongxin/client/use-write'
import { closeRound, openSheets, type RoundRecord } from '@tongxin/contract/appraisal'
import { confirmGrades } from '@tongxin/contract/appraisal.grades'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import {
  CloseSheetsDialog,
  CodesDialog,
  DatesDialog,
  ReasonDialog,
  ReportDialog,
  StudyDialog,
} from './RoundDialogs.tsx'
import { useDone } from './use-done.ts'

const PLAIN = ['cancel', 'change', 'codes'] as const
const PRIMARY = ['study', 'openSheets', 'closeSheets', 'confirm', 'report', 'close'] as const
type Asked = (typeof PLAIN)[number] | (typeof PRIMARY)[number] | 'return' | null

/** What this post may do with the round now: the next step stands out. */
export function RoundActs({ round }: { round: RoundRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can } = round
  return (
    <>
      {PLAIN.filter((act) => can[act]).map((act) => (
        <Button key={act} onClick={() => setAsked(act)}>
          {t(`appraisal.act.${act}`)}
        </Button>
      ))}
      {can.confirm ? <Button onClick={() => setAsked('return')}>{t('appraisal.act.return')}</Button> : null}
      {PRIMARY.filter((act) => can[act]).map((act) => (
        <Button key={act} kind="primary" onClick={() => setAsked(act)}>
          {t(`appraisal.act.${act}`)}
        </Button>
      ))}
      {asked ? <Asking asked={asked} round={round} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function Asking({ asked, ...props }: { asked: NonNullable<Asked>; round: RoundRecord; onClose: () => void }) {
  switch (asked) {
    case 'change':
      return <DatesDialog {...props} />
    case 'codes':
      return <CodesDialog {...props} />
    case 'study':
      return <StudyDialog {...props} />
    case 'closeSheets':
      return <CloseSheetsDialog {...props} />
    case 'report':
      return <ReportDialog {...props} />
    case 'cancel':
    case 'return':
      return <ReasonDialog {...props} act={asked} />
    default:
      return <PlainDialog {...props} act={asked} />
  }
}

const ENDPOINTS = { openSheets, confirm: confirmGrades, close: closeRound } as const

/** An act that asks for nothing but to be sure. */
function PlainDialog({
  act,
  round,
  onClose,
}: {
  act: keyof typeof ENDPOINTS
  round: RoundRecord
  onClose: () => void
}) {
  const { t } = useTranslation()
  const save = useWrite(ENDPOINTS[act] as typeof openSheets, useDone(onClose, `appraisal.said.${act}`))
  return (
    <FormDialog
      title={t(`appraisal.act.${act}`)}
      verb={t(`appraisal.act.${act}`)}
      lead={t(`appraisal.sure.${act}`, {
        on: round.dates.sheetDueOn,
        missing: round.people - round.selfHandedIn,
        people: round.people,
      })}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: {} })}
    />
  )
}
