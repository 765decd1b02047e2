import { useWrite } from '@tongxin/client/use-write'
import {
  type CourseRecord,
  discardDraft,
  releaseCourse,
  restoreCourse,
  reviewCourse,
  reviseCourse,
  submitCourse,
  withdrawCourse,
} from '@tongxin/contract/learning'
import { Button, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useDone } from './use-done.ts'

const PLAIN = { submit: submitCourse, revise: reviseCourse, discard: discardDraft } as const
const REASONED = { withdraw: withdrawCourse, restore: restoreCourse } as const
const VERDICTS = { review: reviewCourse, release: releaseCourse } as const
type Act = keyof typeof PLAIN | keyof typeof REASONED | keyof typeof VERDICTS
type Asked = { act: Act; isReturn: boolean } | null

const QUIET: readonly Act[] = ['discard', 'withdraw']
const NEXT: readonly Act[] = ['revise', 'restore', 'submit', 'review', 'release']

/** What this post may do with the course now; the next of the three hands stands out. */
export function CourseActs({ course }: { course: CourseRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can } = course
  const ask = (act: Act, isReturn = false) => setAsked({ act, isReturn })
  return (
    <>
      {QUIET.filter((act) => can[act]).map((act) => (
        <Button key={act} onClick={() => ask(act)}>
          {t(`learning.act.${act}`)}
        </Button>
      ))}
      {(['review', 'release'] as const)
        .filter((act) => can[act])
        .map((act) => (
          <Button key={act} onClick={() => ask(act, true)}>
            {t('learning.act.return')}
          </Button>
        ))}
      {NEXT.filter((act) => can[act]).map((act) => (
        <Button key={act} kind={act === 'revise' ? 'plain' : 'primary'} onClick={() => ask(act)}>
          {t(`learning.act.${act}`)}
        </Button>
      ))}
      {asked ? <Asking course={course} asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

type Props = { course: CourseRecord; onClose: () => void }

function Asking({ asked, ...props }: Props & { asked: NonNullable<Asked> }) {
  const { act, isReturn } = asked
  if (act in VERDICTS) return <VerdictDialog {...props} act={act as keyof typeof VERDICTS} isReturn={isReturn} />
  if (act in REASONED) return <ReasonDialog {...props} act={act as keyof typeof REASONED} />
  return <PlainDialog {...props} act={act as keyof typeof PLAIN} />
}

function PlainDialog({ act, course, onClose }: Props & { act: keyof typeof PLAIN }) {
  const { t } = useTranslation()
  const save = useWrite(PLAIN[act] as typeof submitCourse, useDone(onClose, `learning.said.${act}`))
  return (
    <FormDialog
      title={t(`learning.act.${act}`)}
      verb={t(`learning.act.${act}`)}
      lead={t(`learning.sure.${act}`)}
      isDanger={act === 'discard'}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: course.id }, body: {}, ifMatch: course.version })}
    />
  )
}

function ReasonDialog({ act, course, onClose }: Props & { act: keyof typeof REASONED }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(REASONED[act], useDone(onClose, `learning.said.${act}`))
  return (
    <FormDialog
      title={t(`learning.act.${act}`)}
      verb={t(`learning.act.${act}`)}
      lead={t(`learning.sure.${act}`)}
      isDanger={act === 'withdraw'}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ params: { id: course.id }, body: { reason: reason.trim() }, ifMatch: course.version })
      }
    >
      <TextArea label={t('learning.reason')} required rows={3} maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function VerdictDialog({ act, isReturn, course, onClose }: Props & { act: keyof typeof VERDICTS; isReturn: boolean }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(VERDICTS[act], useDone(onClose, `learning.said.${isReturn ? 'return' : act}`))
  const verb = t(`learning.act.${isReturn ? 'return' : act}`)
  const isMissing = isReturn && reason.trim().length < 2
  return (
    <FormDialog
      title={verb}
      verb={verb}
      lead={t(`learning.sure.${isReturn ? 'return' : act}`)}
      whyNot={isMissing ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: course.id },
          body: isReturn ? { verdict: 'return', reason: reason.trim() } : { verdict: 'pass' },
          ifMatch: course.version,
        })
      }
    >
      {isReturn ? (
        <TextArea label={t('learning.reason')} required rows={3} maxLength={500} value={reason} onChange={setReason} />
      ) : null}
    </FormDialog>
  )
}
