import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { announceExam, cancelExam, closeExam, type ExamRecord, releaseExam } from '@tongxin/contract/exams.sessions'
import { Button, ConfirmDialog } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PlanDialog } from './PlanDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useDone } from './words.tsx'

const PLAIN = { announce: announceExam, close: closeExam, release: releaseExam } as const
type Plain = keyof typeof PLAIN
type Asked = Plain | 'cancel' | 'change' | 'makeUp' | null

/** What may be done with an exam now; each act is asked about before it happens. */
export function ExamActs({ exam }: { exam: ExamRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can } = exam
  const close = () => setAsked(null)
  const quiet = (['cancel', 'change', 'makeUp'] as const).filter((act) => can[act])
  const main = (['announce', 'close', 'release'] as const).filter((act) => can[act])
  return (
    <>
      {exam.appealsOpen > 0 ? (
        <Link className="tx-button" to={paths.exams.appeals()} search={{ sessionId: exam.id, open: 'true' } as never}>
          {t('exams.appealsOpen', { count: exam.appealsOpen })}
        </Link>
      ) : null}
      {exam.state === 'closed' && exam.toMark > 0 ? (
        <Link className="tx-button" data-kind="primary" to={paths.exams.mark('session', exam.id)}>
          {t('exams.toMarkN', { count: exam.toMark })}
        </Link>
      ) : null}
      {quiet.map((act) => (
        <Button key={act} onClick={() => setAsked(act)}>
          {t(`exams.act.${act === 'change' ? 'changePlan' : act}`)}
        </Button>
      ))}
      {main.map((act) => (
        <Button key={act} kind="primary" onClick={() => setAsked(act)}>
          {t(`exams.act.${act}`)}
        </Button>
      ))}
      {asked === 'announce' || asked === 'close' || asked === 'release' ? (
        <Ask exam={exam} act={asked} onClose={close} />
      ) : null}
      {asked === 'cancel' ? <Cancel exam={exam} onClose={close} /> : null}
      {asked === 'change' ? <PlanDialog exam={exam} onClose={close} /> : null}
      {asked === 'makeUp' ? <PlanDialog exam={exam} isMakeUp onClose={close} /> : null}
    </>
  )
}

function Ask({ exam, act, onClose }: { exam: ExamRecord; act: Plain; onClose: () => void }) {
  const { t } = useTranslation()
  const done = useWrite(PLAIN[act], useDone(onClose, `exams.done.${act}`))
  return (
    <ConfirmDialog
      isOpen
      title={t(`exams.act.${act}`)}
      verb={t(`exams.act.${act}`)}
      isBusy={done.isPending}
      error={done.error}
      onClose={onClose}
      onConfirm={() => done.mutate({ params: { id: exam.id }, body: {} })}
    >
      <p>{t(`exams.lead.${act}`, { seats: exam.seats, sitting: exam.sitting })}</p>
    </ConfirmDialog>
  )
}

function Cancel({ exam, onClose }: { exam: ExamRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const cancel = useWrite(cancelExam, useDone(onClose, 'exams.done.cancel'))
  return (
    <ReasonDialog
      title={t('exams.act.cancel')}
      isDanger
      isBusy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onSubmit={(reason) => cancel.mutate({ params: { id: exam.id }, body: { reason } })}
    />
  )
}
