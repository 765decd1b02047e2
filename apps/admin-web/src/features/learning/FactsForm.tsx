import type { CourseRecord } from '@tongxin/contract/learning'
import {
  type Audience,
  COURSE_COLUMNS,
  COURSE_KINDS,
  type CourseContent,
  SOURCE_KINDS,
} from '@tongxin/contract/learning.words'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { Boxes, PeopleFields } from '../../shared/AudienceFields.tsx'
import { CoursePicker } from '../../shared/CoursePicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FilePick } from './FilePick.tsx'

export type Editing = {
  content: CourseContent
  change: (part: Partial<CourseContent>) => void
}

/** What the course says of itself: column, audience, hours, validity, source. */
export function FactsForm({ course, content, change, error }: Editing & { course: CourseRecord; error: unknown }) {
  const { t } = useTranslation()
  return (
    <details className="learning-part" open>
      <summary>{t('learning.part.facts')}</summary>
      <Names content={content} change={change} />
      <Figures content={content} change={change} />
      <AudienceFields audience={content.audience} onChange={(audience) => change({ audience })} error={error} />
      <Switches content={content} change={change} />
      <SourceCard content={content} change={change} />
      <Validity content={content} change={change} error={error} />
      <CoursePicker
        label={t('learning.prerequisites')}
        help={t('learning.prerequisitesHint')}
        but={course.id}
        titles={course.prerequisiteTitles}
        value={content.prerequisites}
        onChange={(prerequisites) => change({ prerequisites })}
      />
      <FilePick
        courseId={course.id}
        label={t('learning.cover')}
        purpose="photo"
        value={content.coverId}
        onChange={(coverId) => change({ coverId })}
      />
    </details>
  )
}

/** What it is called, where it stands, who gives it. */
function Names({ content, change }: Editing) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('learning.course')}
        required
        maxLength={80}
        value={content.title}
        onChange={(title) => change({ title })}
      />
      <TextArea
        label={t('learning.summary')}
        rows={2}
        maxLength={500}
        value={content.summary}
        onChange={(summary) => change({ summary })}
      />
      <div className="learning-row">
        <Select
          label={t('learning.column')}
          required
          value={content.column}
          onChange={(column) => column && change({ column })}
          options={COURSE_COLUMNS.map((value) => ({ value, label: t(`words.learning.column.${value}`) }))}
        />
        <Select
          label={t('learning.kind')}
          required
          value={content.kind}
          onChange={(kind) => kind && change({ kind })}
          options={COURSE_KINDS.map((value) => ({ value, label: t(`words.learning.kind.${value}`) }))}
        />
        <TextInput
          label={t('learning.lecturer')}
          maxLength={60}
          value={content.lecturer}
          onChange={(lecturer) => change({ lecturer })}
        />
        <TextInput
          label={t('learning.theme')}
          maxLength={40}
          value={content.theme}
          onChange={(theme) => change({ theme })}
        />
      </div>
    </>
  )
}

/** A whole number typed into a field; what is not one leaves the old value. */
function WholeField(props: {
  label: string
  help?: string
  value: number
  most: number
  onChange: (value: number) => void
}) {
  return (
    <TextInput
      label={props.label}
      help={props.help}
      inputMode="numeric"
      value={String(props.value)}
      onChange={(text) => {
        const value = Number(text)
        if (/^\d{0,4}$/.test(text) && value <= props.most) props.onChange(value)
      }}
    />
  )
}

const QUARTERS = [1, 2, 3, 4, 6, 8, 12, 16, 32] as const

function Figures({ content, change }: Editing) {
  const { t } = useTranslation()
  const known: readonly number[] = QUARTERS
  const quarters = known.includes(content.quarters) ? known : [content.quarters, ...known]
  return (
    <div className="learning-row">
      <Select
        label={t('learning.hours')}
        required
        value={`${content.quarters}`}
        onChange={(value) => value && change({ quarters: Number(value) })}
        options={quarters.map((value) => ({ value: `${value}`, label: `${value / 4}` }))}
      />
      <WholeField
        label={t('learning.minutes')}
        value={content.minutes}
        most={6000}
        onChange={(minutes) => change({ minutes })}
      />
      <WholeField
        label={t('learning.mastery')}
        help={t('learning.masteryHint')}
        value={content.mastery}
        most={100}
        onChange={(mastery) => change({ mastery })}
      />
    </div>
  )
}

/** Who it is for: a unit, kinds of people, and posts with their level. */
export function AudienceFields(props: { audience: Audience; onChange: (audience: Audience) => void; error: unknown }) {
  const { t } = useTranslation()
  const { audience, onChange } = props
  const errorAt = useFieldErrors(props.error)
  return (
    <div className="learning-audience">
      <OrgPicker
        label={t('learning.audienceUnit')}
        required
        value={audience.orgId}
        onChange={(orgId) => orgId && onChange({ ...audience, orgId })}
        error={errorAt('/body/audience/orgId') ?? ''}
      />
      <PeopleFields people={audience} onChange={(people) => onChange({ ...audience, ...people })} />
    </div>
  )
}

const SWITCHES = ['isRequired', 'isPublic', 'isDownloadable'] as const

function Switches({ content, change }: Editing) {
  const { t } = useTranslation()
  return (
    <Boxes
      label={t('learning.options')}
      options={SWITCHES.map((value) => ({ value, label: t(`learning.option.${value}`) }))}
      value={SWITCHES.filter((key) => content[key])}
      onChange={(on) => change(Object.fromEntries(SWITCHES.map((key) => [key, on.includes(key)])))}
    />
  )
}

function SourceCard({ content, change }: Editing) {
  const { t } = useTranslation()
  const { source } = content
  const set = (part: Partial<NonNullable<CourseContent['source']>>) =>
    change({ source: { kind: 'own', from: ' ', publishedOn: null, permission: null, ...source, ...part } })
  return (
    <fieldset className="learning-source">
      <legend>{t('learning.source')}</legend>
      <p className="hint">{t('learning.sourceHint')}</p>
      <div className="learning-row">
        <Select
          label={t('learning.sourceKind')}
          required
          value={source?.kind ?? ''}
          onChange={(kind) =>
            kind
              ? set({ kind, from: source?.from.trim() ? source.from : t(`words.learning.sourceKind.${kind}`) })
              : change({ source: null })
          }
          options={SOURCE_KINDS.map((value) => ({ value, label: t(`words.learning.sourceKind.${value}`) }))}
        />
        <DateInput
          label={t('learning.sourceOn')}
          value={source?.publishedOn ?? ''}
          onChange={(on) => source && set({ publishedOn: on === '' ? null : on })}
        />
      </div>
      {source ? (
        <>
          <TextInput
            label={t('learning.sourceFrom')}
            required
            maxLength={200}
            value={source.from}
            onChange={(from) => from.trim() !== '' && set({ from })}
          />
          <TextInput
            label={t('learning.sourcePermission')}
            maxLength={300}
            value={source.permission ?? ''}
            onChange={(permission) => set({ permission: permission === '' ? null : permission })}
          />
        </>
      ) : null}
    </fieldset>
  )
}

function Validity({ content, change, error }: Editing & { error: unknown }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(error)
  return (
    <div className="learning-row">
      <DateInput
        label={t('learning.validFrom')}
        value={content.validFrom ?? ''}
        onChange={(on) => change({ validFrom: on === '' ? null : on })}
      />
      <DateInput
        label={t('learning.validUntil')}
        value={content.validUntil ?? ''}
        onChange={(on) => change({ validUntil: on === '' ? null : on })}
        error={errorAt('/body/validUntil')}
      />
    </div>
  )
}
