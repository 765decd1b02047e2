import type { GradeRow } from '@tongxin/contract/appraisal.grades'
import { APPRAISAL_GRADES, DISPOSALS, type RaterGroup } from '@tongxin/contract/appraisal.words'
import { Select, TextArea } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { GroupShown } from './words.tsx'

export type Change = Partial<Pick<GradeRow, 'grade' | 'daily' | 'reason' | 'measures' | 'disposal'>>

export const withChange = (row: GradeRow, change: Change | undefined): GradeRow => ({ ...row, ...change })

/** One person: what the voices say, and what the organisation says; what a grade needs appears with the grade. */
export function GradeLine({
  row,
  canGrade,
  onChange,
}: {
  row: GradeRow
  canGrade: boolean
  onChange: (change: Change) => void
}) {
  const { t } = useTranslation()
  const groupOf = (group: 'members' | 'masses') => row.groups.find((one) => one.group === group)
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>
        {row.self?.grade ? t(`words.appraisal.grade.${row.self.grade}`) : '—'}
        {row.self ? (
          <details>
            <summary>{t('appraisal.selfReview')}</summary>
            <p className="appraisal-text">{row.self.text}</p>
            {Object.entries(row.self.checks).map(([name, text]) =>
              text ? <p key={name}>{`${t(`words.appraisal.criterion.${name}`)}: ${text}`}</p> : null,
            )}
          </details>
        ) : null}
      </td>
      {(['members', 'masses'] as const).map((group) => (
        <td key={group}>
          <GroupShown result={groupOf(group)} />
          {row.criteria.some(({ groups }) => groups.some((one) => one.group === group)) ? (
            <ByCriteria row={row} group={group} />
          ) : null}
        </td>
      ))}
      <td>{row.indicated ? t(`words.appraisal.grade.${row.indicated}`) : '—'}</td>
      <td>
        {!row.isGraded ? (
          <span className="hint">{t('appraisal.notGraded')}</span>
        ) : canGrade ? (
          <Grounds row={row} onChange={onChange} />
        ) : (
          <Given row={row} />
        )}
      </td>
    </tr>
  )
}

/** What a group said criterion by criterion; folded, since it informs and does not decide. */
function ByCriteria({ row, group }: { row: GradeRow; group: RaterGroup }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('appraisal.byCriteria')}</summary>
      {row.criteria.map(({ criterion, groups }) => (
        <div key={criterion}>
          <span className="hint">{t(`words.appraisal.criterion.${criterion}`)}</span>
          <GroupShown result={groups.find((one) => one.group === group)} />
        </div>
      ))}
    </details>
  )
}

function Grounds({ row, onChange }: { row: GradeRow; onChange: (change: Change) => void }) {
  const { t } = useTranslation()
  const { grade } = row
  const of = (what: string) => t('appraisal.ofPerson', { what, name: row.name })
  const area = (name: 'daily' | 'reason' | 'measures', help?: string) => (
    <TextArea
      label={of(t(`words.appraisal.column.${name}`))}
      help={help}
      required
      rows={1}
      maxLength={1000}
      value={row[name] ?? ''}
      onChange={(value) => onChange({ [name]: value === '' ? null : value })}
    />
  )
  const departs = grade !== null && !row.within.includes(grade)
  const needsMeasures = grade === 'basic' || grade === 'unqualified'
  return (
    <div className="appraisal-grounds">
      <Select
        label={of(t('words.appraisal.column.grade'))}
        required
        value={grade ?? ''}
        onChange={(value) => onChange({ grade: value === '' ? null : value })}
        options={APPRAISAL_GRADES.map((value) => ({ value, label: t(`words.appraisal.grade.${value}`) }))}
      />
      {area('daily')}
      {departs || row.reason ? area('reason', t('appraisal.departs')) : null}
      {needsMeasures || row.measures ? area('measures') : null}
      {grade === 'unqualified' ? (
        <Select
          label={of(t('words.appraisal.column.disposal'))}
          required
          value={row.disposal ?? ''}
          onChange={(value) => onChange({ disposal: value === '' ? null : value })}
          options={DISPOSALS.map((value) => ({ value, label: t(`words.appraisal.disposal.${value}`) }))}
        />
      ) : null}
    </div>
  )
}

function Given({ row }: { row: GradeRow }) {
  const { t } = useTranslation()
  return (
    <>
      <strong>{row.grade ? t(`words.appraisal.grade.${row.grade}`) : '—'}</strong>
      {(['daily', 'reason', 'measures'] as const).map((name) =>
        row[name] ? (
          <p key={name} className="appraisal-text">
            <span className="hint">{t(`words.appraisal.column.${name}`)}</span> {row[name]}
          </p>
        ) : null,
      )}
      {row.disposal ? <p>{t(`words.appraisal.disposal.${row.disposal}`)}</p> : null}
    </>
  )
}
