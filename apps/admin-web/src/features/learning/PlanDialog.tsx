import { useNavigate } from '@tanstack/react-router'
import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changePlan, createPlan, type PlanCourse, type PlanRecord } from '@tongxin/contract/learning.plans'
import { type Audience, PLAN_KINDS, type PlanKind } from '@tongxin/contract/learning.words'
import { DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { CoursePicker } from '../../shared/CoursePicker.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { AudienceFields } from './FactsForm.tsx'
import { ALL_LEARNING } from './learning.api.ts'

type Draft = {
  kind: PlanKind
  year: number
  orgId: string
  title: string
  note: string
  audience: Audience
  courses: readonly PlanCourse[]
}

const emptyDraft = (orgId: string): Draft => ({
  kind: 'annual',
  year: new Date().getFullYear(),
  orgId,
  title: '',
  note: '',
  audience: { orgId, kinds: ['formal', 'probationary'], posts: [], levels: [] },
  courses: [],
})
const draftOf = (plan: PlanRecord): Draft => ({
  kind: plan.kind,
  year: plan.year,
  orgId: plan.orgId,
  title: plan.title,
  note: plan.note,
  audience: {
    orgId: plan.audience.orgId,
    kinds: plan.audience.kinds,
    posts: plan.audience.posts,
    levels: plan.audience.levels,
  },
  courses: plan.rows.map(({ courseId, isRequired, dueOn }) => ({ courseId, isRequired, dueOn })),
})

/** A plan is made or changed in one form: title, audience, courses with their days. */
export function PlanDialog({ plan, onClose }: { plan?: PlanRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const ownOrg = useOwnOrg()
  const [draft, setDraft] = useState<Draft>(() => (plan ? draftOf(plan) : emptyDraft(ownOrg)))
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const save = useSavePlan(plan, onClose)
  const errorAt = useFieldErrors(save.error)
  const isReady = draft.title.trim() !== '' && draft.orgId !== '' && draft.audience.orgId !== ''
  return (
    <FormDialog
      title={t(plan ? 'learning.changePlan' : 'learning.makePlan')}
      verb={t('learning.save')}
      labels={{
        '/body/orgId': t('learning.owner'),
        '/body/audience/orgId': t('learning.audienceUnit'),
        ...Object.fromEntries(
          draft.courses.flatMap((_, at) => [
            [`/body/courses/${at}/courseId`, t('learning.courseNo', { number: at + 1 })],
            [`/body/courses/${at}/dueOn`, t('learning.courseNo', { number: at + 1 })],
          ]),
        ),
      }}
      whyNot={isReady ? undefined : t('learning.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.send(draft)}
    >
      <TextInput
        label={t('learning.plan')}
        required
        maxLength={80}
        value={draft.title}
        onChange={(title) => set({ title })}
      />
      {plan ? null : <Origin draft={draft} set={set} error={errorAt('/body/orgId')} />}
      {draft.orgId === '' ? null : (
        <AudienceFields audience={draft.audience} onChange={(audience) => set({ audience })} error={save.error} />
      )}
      <TextArea
        label={t('learning.note')}
        rows={2}
        maxLength={1000}
        value={draft.note}
        onChange={(note) => set({ note })}
      />
      <CoursesOfPlan
        courses={draft.courses}
        titles={Object.fromEntries((plan?.rows ?? []).map(({ courseId, title }) => [courseId, title]))}
        onChange={(courses) => set({ courses })}
      />
    </FormDialog>
  )
}

function useSavePlan(plan: PlanRecord | undefined, onClose: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const done = () => {
    say(t('learning.said.plan'))
    onClose()
  }
  const create = useWrite(createPlan, {
    refreshes: ALL_LEARNING,
    onDone: ({ id }) => {
      done()
      void navigate({ to: paths.learning.plan(id) })
    },
  })
  const change = useWrite(changePlan, { refreshes: ALL_LEARNING, onDone: done })
  const send = ({ kind, year, orgId, ...draft }: Draft) => {
    const body = { ...draft, title: draft.title.trim(), courses: [...draft.courses] }
    if (plan) change.mutate({ params: { id: plan.id }, body, ifMatch: plan.version })
    else create.mutate({ body: { kind, year, orgId, ...body } })
  }
  return { send, isPending: create.isPending || change.isPending, error: create.error ?? change.error }
}

/** Kind, year and owner: what a plan keeps for good. */
function Origin({
  draft,
  set,
  error,
}: {
  draft: Draft
  set: (part: Partial<Draft>) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const year = new Date().getFullYear()
  return (
    <div className="learning-row">
      <Select
        label={t('learning.kind')}
        required
        value={draft.kind}
        onChange={(kind) => kind && set({ kind })}
        options={PLAN_KINDS.map((value) => ({ value, label: t(`words.learning.planKind.${value}`) }))}
      />
      <Select
        label={t('learning.year')}
        required
        value={`${draft.year}`}
        onChange={(value) => value && set({ year: Number(value) })}
        options={[year, year + 1].map((value) => ({ value: `${value}`, label: `${value}` }))}
      />
      <OrgPicker
        label={t('learning.owner')}
        required
        value={draft.orgId}
        onChange={(orgId) => set({ orgId, audience: { ...draft.audience, orgId } })}
        error={error ?? ''}
      />
    </div>
  )
}

function CoursesOfPlan(props: {
  courses: readonly PlanCourse[]
  titles: Readonly<Record<string, string>>
  onChange: (courses: PlanCourse[]) => void
}) {
  const { t } = useTranslation()
  const { courses, onChange } = props
  const change = (id: string, part: Partial<PlanCourse>) =>
    onChange(courses.map((course) => (course.courseId === id ? { ...course, ...part } : course)))
  return (
    <>
      <CoursePicker
        label={t('learning.coursesOfPlan')}
        titles={props.titles}
        value={courses.map(({ courseId }) => courseId)}
        onChange={(ids) =>
          onChange(
            ids.map(
              (courseId) =>
                courses.find((course) => course.courseId === courseId) ?? { courseId, isRequired: true, dueOn: null },
            ),
          )
        }
      />
      {courses.map((course, at) => (
        <fieldset key={course.courseId} className="learning-plan-course">
          <legend>{props.titles[course.courseId] ?? t('learning.courseNo', { number: at + 1 })}</legend>
          <label>
            <input
              type="checkbox"
              checked={course.isRequired}
              onChange={(event) => change(course.courseId, { isRequired: event.target.checked })}
            />
            {t('words.learning.required.yes')}
          </label>
          <DateInput
            label={t('learning.dueOn')}
            value={course.dueOn ?? ''}
            onChange={(on) => change(course.courseId, { dueOn: on === '' ? null : on })}
          />
        </fieldset>
      ))}
    </>
  )
}
