import { useMutation } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import type { RoundRecord } from '@tongxin/contract/appraisal'
import {
  exportGrades,
  type GradeRow,
  type GradeTable,
  noteGrades,
  submitGrades,
} from '@tongxin/contract/appraisal.grades'
import { DECIDING_BODIES } from '@tongxin/contract/appraisal.words'
import { Button, DateInput, Lamp, RefusalText, Select, say, WhyArticle } from '@tongxin/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_APPRAISAL } from './appraisal.api.ts'
import { type Change, GradeLine, withChange } from './GradeLine.tsx'
import { useDone } from './use-done.ts'

type Changes = Readonly<Record<string, Change>>

/** Grades by people: what the assessment says and what the year showed side by side, with the third counted along. */
export function GradesTab({ round, table }: { round: RoundRecord; table: GradeTable }) {
  const { t } = useTranslation()
  const [changes, setChanges] = useState<Changes>({})
  const [isSubmitting, setSubmitting] = useState(false)
  const rows = table.rows.map((row) => withChange(row, changes[row.id]))
  const save = useWrite(noteGrades, { refreshes: ALL_APPRAISAL, onDone: () => say(t('appraisal.said.noted')) })
  const changed = rows.filter(({ id }) => changes[id])
  const note = () =>
    save.mutate({ params: { id: round.id }, ifMatch: table.version, body: { rows: changed.map(notedOf) } })
  const allQualified = () =>
    setChanges({
      ...changes,
      ...Object.fromEntries(
        rows
          .filter(({ isGraded, grade }) => isGraded && grade === null)
          .map(({ id }) => [id, { ...changes[id], grade: 'qualified' as const }]),
      ),
    })
  return (
    <div className="appraisal-progress">
      <Cap cap={table.cap} excellent={rows.filter(({ grade }) => grade === 'excellent').length} />
      <p className="hint">{t('appraisal.gradesHint', round.weights)}</p>
      <div className="page-acts no-print">
        <Export id={round.id} />
        {round.can.grade ? (
          <>
            <Button onClick={allQualified}>{t('appraisal.allQualified')}</Button>
            <Button
              whyNot={changed.length === 0 ? t('appraisal.nothingNew') : undefined}
              isBusy={save.isPending}
              onClick={note}
            >
              {t('appraisal.save')}
            </Button>
            <Button
              kind="primary"
              whyNot={changed.length > 0 ? t('appraisal.saveFirst') : undefined}
              onClick={() => setSubmitting(true)}
            >
              {t('appraisal.submit')}
            </Button>
          </>
        ) : null}
      </div>
      <RefusalText error={save.error} />
      <Lines
        rows={rows}
        canGrade={round.can.grade}
        onChange={(id, change) => setChanges({ ...changes, [id]: { ...changes[id], ...change } })}
      />
      {isSubmitting ? <SubmitDialog round={round} onClose={() => setSubmitting(false)} /> : null}
    </div>
  )
}

const notedOf = ({ id, grade, daily, reason, measures, disposal }: GradeRow) => {
  const text = (value: string | null) => (value?.trim() ? value.trim() : null)
  return { id, grade, daily: text(daily), reason: text(reason), measures: text(measures), disposal }
}

/** The third, counted while one grades; the article stands behind it. */
function Cap({ cap, excellent }: { cap: GradeTable['cap']; excellent: number }) {
  const { t, i18n } = useTranslation()
  const isOver = excellent > cap.most
  return (
    <div className="appraisal-cap" role="status" data-over={isOver || undefined}>
      <strong>{t('appraisal.cap', { excellent, most: cap.most })}</strong>
      <Lamp state={isOver ? 'late' : 'ok'}>
        {t(isOver ? 'appraisal.capOver' : 'appraisal.capOk', { total: cap.total, over: excellent - cap.most })}
      </Lamp>
      <WhyArticle source={cap.ruleId} article={i18n.language === 'en' ? cap.citation.en : cap.citation.zh}>
        {t('appraisal.capText')}
      </WhyArticle>
    </div>
  )
}

function Lines(props: {
  rows: readonly GradeRow[]
  canGrade: boolean
  onChange: (id: string, change: Change) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="appraisal-scroll">
      <table className="appraisal-table">
        <thead>
          <tr>
            <th scope="col">{t('words.appraisal.column.name')}</th>
            <th scope="col">{t('words.appraisal.column.selfGrade')}</th>
            <th scope="col">{t('words.appraisal.group.members')}</th>
            <th scope="col">{t('words.appraisal.group.masses')}</th>
            <th scope="col">{t('words.appraisal.column.indicated')}</th>
            <th scope="col">{t('appraisal.gradeAndGrounds')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <GradeLine
              key={row.id}
              row={row}
              canGrade={props.canGrade}
              onChange={(change) => props.onChange(row.id, change)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Export({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const save = useMutation({
    mutationFn: () =>
      download(exportGrades, {
        params: { id },
        body: { format: 'xlsx', language: i18n.language === 'en' ? 'en' : 'zh-CN' },
      }),
  })
  return (
    <>
      <Button icon={<Download size="1.1em" aria-hidden="true" />} isBusy={save.isPending} onClick={() => save.mutate()}>
        {t('shared.export')}
      </Button>
      <RefusalText error={save.error} />
    </>
  )
}

function SubmitDialog({ round, onClose }: { round: RoundRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<(typeof DECIDING_BODIES)[number] | ''>('')
  const [on, setOn] = useState('')
  const save = useWrite(submitGrades, useDone(onClose, 'appraisal.said.submit'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('appraisal.submit')}
      verb={t('appraisal.submit')}
      lead={t('appraisal.sure.submit')}
      labels={{ '/body/on': t('appraisal.decidedOn') }}
      whyNot={by === '' || on === '' ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (by !== '') save.mutate({ params: { id: round.id }, body: { by, on } })
      }}
    >
      <Select
        label={t('appraisal.decidedBy')}
        required
        value={by}
        onChange={setBy}
        options={DECIDING_BODIES.map((value) => ({ value, label: t(`words.appraisal.body.${value}`) }))}
      />
      <DateInput label={t('appraisal.decidedOn')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
    </FormDialog>
  )
}
