import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { decideStudy, type StudyRow, setStudy } from '@tongxin/contract/meetings.study'
import {
  Button,
  ConfirmDialog,
  DateInput,
  EmptyState,
  ErrorState,
  Lamp,
  type LampState,
  Skeleton,
  TextInput,
} from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { studyQuery } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { useDone } from './use-done.ts'
import './year.css'

const LAMPS: Readonly<Record<StudyRow['state'], LampState>> = {
  open: 'idle',
  submitted: 'warn',
  countersigned: 'ok',
  returned: 'late',
}

/** Make-up study of those who were absent: three questions, answers countersigned. It never becomes presence. */
export function StudyTab({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  useLive(['meetings.study_submitted', 'meetings.study_decided'], ALL_MEETINGS)
  const { whyNot } = useCan()('meetings.convene')
  const { data, error, refetch } = useQuery(studyQuery(meeting.id))
  const [isSetting, setSetting] = useState(false)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  if (meeting.closedAt === null) return <p className="hint">{t('meetings.study.later')}</p>
  if (data.rows.length === 0)
    return <EmptyState title={t('meetings.study.nobody')}>{t('meetings.study.nobodyHint')}</EmptyState>
  return (
    <>
      <p className="hint">{t('meetings.study.lead')}</p>
      <section className="life-part">
        {data.sheet ? (
          <>
            <ol>
              {data.sheet.questions.map((question) => (
                <li key={question}>{question}</li>
              ))}
            </ol>
            <p className="hint">{t('meetings.study.until', { on: data.sheet.dueOn })}</p>
          </>
        ) : null}
        <div>
          <Button kind={data.sheet ? 'plain' : 'primary'} whyNot={whyNot} onClick={() => setSetting(true)}>
            {t(data.sheet ? 'meetings.study.change' : 'meetings.study.set')}
          </Button>
        </div>
      </section>
      <table className="life-table">
        <caption className="tx-hidden">{t('meetings.study.absent')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('meetings.person')}</th>
            <th scope="col">{t('meetings.stateLabel')}</th>
            <th scope="col">{t('meetings.study.answers')}</th>
            <th scope="col">{t('meetings.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row key={row.memberId} meetingId={meeting.id} row={row} whyNot={whyNot} />
          ))}
        </tbody>
      </table>
      {isSetting ? (
        <SheetDialog
          meetingId={meeting.id}
          questions={data.sheet?.questions ?? ['', '', '']}
          dueOn={data.sheet?.dueOn ?? ''}
          onClose={() => setSetting(false)}
        />
      ) : null}
    </>
  )
}

function Row({ meetingId, row, whyNot }: { meetingId: string; row: StudyRow; whyNot: string | undefined }) {
  const { t } = useTranslation()
  const [isReturning, setReturning] = useState(false)
  const decide = useWrite(
    decideStudy,
    useDone(() => setReturning(false), 'meetings.study.decided'),
  )
  const params = { id: meetingId, memberId: row.memberId }
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>
        <Lamp state={LAMPS[row.state]}>{t(`meetings.study.state.${row.state}`)}</Lamp>
        {row.way ? <span className="hint"> {t(`meetings.study.way.${row.way}`)}</span> : null}
      </td>
      <td>
        {row.answers.map((answer, at) => (
          <p key={at}>
            {at + 1}. {answer}
          </p>
        ))}
        {row.note ? <p className="hint">{row.note}</p> : null}
      </td>
      <td>
        {row.state === 'submitted' ? (
          <div className="tx-acts">
            <Button
              kind="primary"
              whyNot={whyNot}
              isBusy={decide.isPending}
              onClick={() => decide.mutate({ params, body: { isAccepted: true } })}
            >
              {t('meetings.study.countersign')}
            </Button>
            <Button whyNot={whyNot} onClick={() => setReturning(true)}>
              {t('meetings.study.return')}
            </Button>
          </div>
        ) : null}
        <ConfirmDialog
          isOpen={isReturning}
          onClose={() => setReturning(false)}
          title={t('meetings.study.returnTitle', { name: row.name })}
          verb={t('meetings.study.return')}
          reasonLabel={t('meetings.study.returnNote')}
          isBusy={decide.isPending}
          error={decide.error}
          onConfirm={(note) => decide.mutate({ params, body: { isAccepted: false, note } })}
        />
      </td>
    </tr>
  )
}

type SheetProps = { meetingId: string; questions: readonly string[]; dueOn: string; onClose: () => void }
function SheetDialog(props: SheetProps) {
  const { t } = useTranslation()
  const [questions, setQuestions] = useState<readonly string[]>(props.questions)
  const [dueOn, setDueOn] = useState(props.dueOn)
  const save = useWrite(setStudy, useDone(props.onClose, 'meetings.study.sent'))
  const errorAt = useFieldErrors(save.error)
  const isIncomplete = dueOn === '' || questions.some((one) => one.trim().length < 2)
  return (
    <FormDialog
      title={t('meetings.study.set')}
      verb={t('meetings.study.send')}
      lead={t('meetings.study.setLead')}
      labels={{ '/body/dueOn': t('meetings.dueOn') }}
      whyNot={isIncomplete ? t('meetings.study.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={props.onClose}
      onSubmit={() =>
        save.mutate({ params: { id: props.meetingId }, body: { questions: questions.map((one) => one.trim()), dueOn } })
      }
    >
      {questions.map((question, at) => (
        <TextInput
          key={at}
          label={t('meetings.study.question', { n: at + 1 })}
          required
          maxLength={200}
          value={question}
          onChange={(text) => setQuestions(questions.map((one, index) => (index === at ? text : one)))}
        />
      ))}
      <DateInput
        label={t('meetings.dueOn')}
        required
        value={dueOn}
        onChange={setDueOn}
        error={errorAt('/body/dueOn')}
      />
    </FormDialog>
  )
}
