import { useWrite } from '@tongxin/client/use-write'
import type { RoundRecord } from '@tongxin/contract/appraisal'
import { answerObjection, type GradeRow, type GradeTable, tellOnPaper } from '@tongxin/contract/appraisal.grades'
import { Button, DateInput, Lamp, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

const LAMPS = { untold: 'warn', signed: 'ok', objected: 'late', answered: 'ok' } as const
type Asked = { row: GradeRow; act: 'tell' | 'answer' } | null

/** Who has been told and has signed, who objects, and what was answered. */
export function FeedbackTab({ round, table }: { round: RoundRecord; table: GradeTable }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  return (
    <div className="appraisal-progress">
      <p className="hint">{t('appraisal.feedbackHint')}</p>
      <div className="appraisal-scroll">
        <table className="appraisal-table">
          <thead>
            <tr>
              <th scope="col">{t('words.appraisal.column.name')}</th>
              <th scope="col">{t('words.appraisal.column.grade')}</th>
              <th scope="col">{t('words.appraisal.column.feedback')}</th>
              <th scope="col">{t('appraisal.objectionAndAnswer')}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows
              .filter(({ grade }) => grade !== null)
              .map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  <td>{t(`words.appraisal.grade.${row.grade}`)}</td>
                  <td>
                    <Lamp state={LAMPS[row.feedback]}>
                      {t(`words.appraisal.feedback.${row.feedback}`)} {row.toldOn ?? ''}
                    </Lamp>
                  </td>
                  <td>
                    {row.objection ? <p className="appraisal-text">{row.objection}</p> : null}
                    {row.answer ? (
                      <p className="appraisal-text">{t('appraisal.answerIs', { text: row.answer })}</p>
                    ) : null}
                    {round.can.tell && row.feedback === 'untold' ? (
                      <Button onClick={() => setAsked({ row, act: 'tell' })}>{t('appraisal.tell')}</Button>
                    ) : null}
                    {round.can.tell && row.feedback === 'objected' ? (
                      <Button kind="primary" onClick={() => setAsked({ row, act: 'answer' })}>
                        {t('appraisal.answer')}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {asked?.act === 'tell' ? <TellDialog round={round} row={asked.row} onClose={close} /> : null}
      {asked?.act === 'answer' ? <AnswerDialog round={round} row={asked.row} onClose={close} /> : null}
    </div>
  )
}

type Props = { round: RoundRecord; row: GradeRow; onClose: () => void }

function TellDialog({ round, row, onClose }: Props) {
  const { t } = useTranslation()
  const [on, setOn] = useState('')
  const [objection, setObjection] = useState('')
  const save = useWrite(tellOnPaper, useDone(onClose, 'appraisal.said.tell'))
  const errorAt = useFieldErrors(save.error)
  const said = objection.trim()
  return (
    <FormDialog
      title={t('appraisal.tellOf', { name: row.name })}
      verb={t('appraisal.save')}
      lead={t('appraisal.sure.tell')}
      labels={{ '/body/on': t('appraisal.toldOn') }}
      whyNot={on === '' || said.length === 1 ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: round.id, personId: row.id },
          body: said === '' ? { on } : { on, objection: said },
        })
      }
    >
      <DateInput label={t('appraisal.toldOn')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      <TextArea label={t('appraisal.objection')} rows={3} maxLength={1000} value={objection} onChange={setObjection} />
    </FormDialog>
  )
}

function AnswerDialog({ round, row, onClose }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const save = useWrite(answerObjection, useDone(onClose, 'appraisal.said.answer'))
  return (
    <FormDialog
      title={t('appraisal.answerOf', { name: row.name })}
      verb={t('appraisal.answer')}
      whyNot={text.trim().length < 2 ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id, personId: row.id }, body: { text: text.trim() } })}
    >
      <blockquote>{row.objection}</blockquote>
      <TextArea label={t('appraisal.answerText')} required rows={4} maxLength={1000} value={text} onChange={setText} />
    </FormDialog>
  )
}
