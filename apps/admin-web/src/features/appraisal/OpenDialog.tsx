import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { openRounds } from '@tongxin/contract/appraisal'
import { CRITERIA, type Criterion, type RoundDates } from '@tongxin/contract/appraisal.words'
import { DateInput, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_APPRAISAL } from './appraisal.api.ts'

const DATE_NAMES = ['selfDueOn', 'sheetDueOn', 'gradeDueOn', 'reportDueOn'] as const
type Draft = Readonly<Partial<Record<keyof RoundDates, string>>>

/** The four last days, in the order in which they come. */
export function DateFields(props: { dates: Draft; onChange: (dates: Draft) => void; error: unknown }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      {DATE_NAMES.map((name) => (
        <DateInput
          key={name}
          label={t(`appraisal.${name}`)}
          required
          value={props.dates[name] ?? ''}
          onChange={(value) => props.onChange({ ...props.dates, [name]: value })}
          error={errorAt(`/body/dates/${name}`)}
        />
      ))}
    </>
  )
}

export const wholeDates = (dates: Draft): RoundDates | null => {
  const { selfDueOn, sheetDueOn, gradeDueOn, reportDueOn } = dates
  return selfDueOn && sheetDueOn && gradeDueOn && reportDueOn
    ? { selfDueOn, sheetDueOn, gradeDueOn, reportDueOn }
    : null
}

/** What each person is rated by on the sheets, besides the grade. */
function CriteriaFields(props: { chosen: readonly Criterion[]; onChange: (chosen: readonly Criterion[]) => void }) {
  const { t } = useTranslation()
  const { chosen, onChange } = props
  return (
    <fieldset className="appraisal-criteria">
      <legend>{t('appraisal.criteria')}</legend>
      <p className="hint">{t('appraisal.criteriaHint')}</p>
      {CRITERIA.map((name) => (
        <label key={name} className="tick">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
            }
          />
          {t(`words.appraisal.criterion.${name}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** Says what was opened and what was already there, and goes to the round when it is a single one. */
function useOpening(onClose: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return useWrite(openRounds, {
    refreshes: ALL_APPRAISAL,
    onDone: ({ ids, skipped }) => {
      const key = skipped.length > 0 ? 'appraisal.openedSome' : 'appraisal.opened'
      say(t(key, { count: ids.length, skipped: skipped.length }))
      onClose()
      const [only] = ids
      if (ids.length === 1 && only) void navigate({ to: paths.appraisal.one(only) })
    },
  })
}

/** Opens the appraisal of a year in one branch, or in every branch below an organisation. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [orgId, setOrgId] = useState('')
  const [year, setYear] = useState(String(new Date().getFullYear()))
  const [draft, setDraft] = useState<Draft>({})
  const [criteria, setCriteria] = useState<readonly Criterion[]>([])
  const save = useOpening(onClose)
  const errorAt = useFieldErrors(save.error)
  const dates = wholeDates(draft)
  const isReady = orgId !== '' && /^\d{4}$/.test(year) && dates !== null
  const submit = () => dates && save.mutate({ body: { orgId, year: Number(year), dates, criteria: [...criteria] } })
  return (
    <FormDialog
      title={t('appraisal.open')}
      verb={t('appraisal.openVerb')}
      lead={t('appraisal.openLead')}
      labels={{
        '/body/orgId': t('appraisal.organisation'),
        '/body/year': t('words.appraisal.column.year'),
        '/body/dates': t('appraisal.dates'),
      }}
      whyNot={isReady ? undefined : t('appraisal.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <OrgPicker
        label={t('appraisal.organisation')}
        required
        value={orgId}
        onChange={setOrgId}
        error={errorAt('/body/orgId') ?? ''}
      />
      <TextInput
        label={t('words.appraisal.column.year')}
        required
        inputMode="numeric"
        maxLength={4}
        value={year}
        onChange={setYear}
        error={errorAt('/body/year')}
      />
      <DateFields dates={draft} onChange={setDraft} error={save.error} />
      <CriteriaFields chosen={criteria} onChange={setCriteria} />
    </FormDialog>
  )
}
