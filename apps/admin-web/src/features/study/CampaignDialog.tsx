import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { type CampaignRecord, changeCampaign, makeCampaign } from '@tongxin/contract/study.campaigns'
import { CAMPAIGN_TASK_KINDS, type StudyAudience } from '@tongxin/contract/study.words'
import { Button, DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleFields } from '../../shared/AudienceFields.tsx'
import { CoursePicker } from '../../shared/CoursePicker.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'
import './study.css'

type Task = {
  id?: string
  kind: (typeof CAMPAIGN_TASK_KINDS)[number]
  title: string
  courseId?: string
  courseTitle?: string
}
const draftOf = (campaign: CampaignRecord | undefined, orgId: string) => ({
  orgId,
  title: campaign?.title ?? '',
  theme: campaign?.theme ?? '',
  about: campaign?.about ?? '',
  fromOn: campaign?.fromOn ?? '',
  untilOn: campaign?.untilOn ?? '',
  tasks: (campaign?.tasks ?? []).map(
    ({ id, kind, title, courseId, courseTitle }): Task => ({
      id,
      kind,
      title,
      ...(courseId ? { courseId } : {}),
      ...(courseTitle ? { courseTitle } : {}),
    }),
  ),
  audience: (campaign?.audience ?? {
    kinds: ['formal', 'probationary', 'activist', 'masses'],
    posts: [],
    levels: [],
  }) as StudyAudience,
  questions: campaign?.questions.join('\n') ?? '',
  isModerated: campaign?.isModerated ?? true,
})
type Draft = ReturnType<typeof draftOf>
type Parts = { draft: Draft; set: (part: Partial<Draft>) => void; isFixed: boolean }

/** A campaign is prepared or changed; once it is open its tasks and questions stay. */
export function CampaignDialog({ campaign, onClose }: { campaign?: CampaignRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const ownOrg = useOwnOrg()
  const [draft, setDraft] = useState(() => draftOf(campaign, ownOrg))
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const make = useWrite(makeCampaign, useDone(onClose))
  const change = useWrite(changeCampaign, useDone(onClose))
  const error = make.error ?? change.error
  const errorAt = useFieldErrors(error)
  const { orgId, questions: lines, ...facts } = draft
  const questions = lines.split('\n').filter((line) => line.trim().length > 1)
  const hasWords = [facts.title, facts.theme, facts.about].every((text) => text.trim().length > 1)
  const hasDays =
    facts.fromOn !== '' && facts.untilOn !== '' && facts.tasks.every(({ title }) => title.trim().length > 1)
  const submit = () => {
    const tasks = facts.tasks.map(({ courseTitle: _, ...task }) => task)
    const body = { ...facts, tasks, questions }
    if (campaign) change.mutate({ params: { id: campaign.id }, body })
    else make.mutate({ body: { orgId, ...body } })
  }
  return (
    <FormDialog
      title={t(campaign ? 'study.change' : 'study.makeCampaign')}
      verb={t(campaign ? 'study.keep' : 'study.makeCampaign')}
      labels={{ '/body/orgId': t('study.org'), '/body/tasks': t('study.tasksOf'), '/body/untilOn': t('study.untilOn') }}
      whyNot={hasWords && hasDays && (campaign || orgId !== '') ? undefined : t('study.fillFirst')}
      isBusy={make.isPending || change.isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      {campaign ? null : (
        <OrgPicker label={t('study.org')} required value={orgId} onChange={(value) => set({ orgId: value })} />
      )}
      <Words draft={draft} set={set} isFixed={false} />
      <div className="study-pair">
        <DateInput label={t('study.fromOn')} required value={facts.fromOn} onChange={(fromOn) => set({ fromOn })} />
        <DateInput
          label={t('study.untilOn')}
          required
          value={facts.untilOn}
          onChange={(untilOn) => set({ untilOn })}
          error={errorAt('/body/untilOn')}
        />
      </div>
      {campaign?.state === 'open' ? null : (
        <PeopleFields people={draft.audience} onChange={(audience) => set({ audience })} />
      )}
      <Work draft={draft} set={set} isFixed={campaign?.state === 'open'} />
    </FormDialog>
  )
}

function Words({ draft, set }: Parts) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('study.campaign')}
        required
        maxLength={80}
        value={draft.title}
        onChange={(title) => set({ title })}
      />
      <TextInput
        label={t('study.campaignTheme')}
        required
        maxLength={60}
        value={draft.theme}
        onChange={(theme) => set({ theme })}
      />
      <TextArea
        label={t('study.about')}
        required
        maxLength={3000}
        value={draft.about}
        onChange={(about) => set({ about })}
      />
    </>
  )
}

function Work({ draft, set, isFixed }: Parts) {
  const { t } = useTranslation()
  const setTask = (at: number, part: Partial<Task>) =>
    set({ tasks: draft.tasks.map((task, one) => (one === at ? { ...task, ...part } : task)) })
  const setCourse = (at: number, courseId: string | undefined) =>
    set({
      tasks: draft.tasks.map(({ courseId: _, courseTitle: __, ...task }, one) =>
        one === at ? { ...task, ...(courseId ? { courseId } : {}) } : (draft.tasks[one] ?? task),
      ),
    })
  if (isFixed) return <p className="hint">{t('study.fixed')}</p>
  return (
    <>
      {draft.tasks.map((task, at) => (
        <div key={task.id ?? at} className="study-task">
          <div className="study-line">
            <Select
              label={t('study.taskKind')}
              value={task.kind}
              onChange={(kind) => kind && setTask(at, { kind })}
              options={CAMPAIGN_TASK_KINDS.map((value) => ({ value, label: t(`words.study.campaignTask.${value}`) }))}
            />
            <TextInput
              label={t('study.taskTitle')}
              maxLength={80}
              value={task.title}
              onChange={(title) => setTask(at, { title })}
            />
            <Button onClick={() => set({ tasks: draft.tasks.filter((_, one) => one !== at) })}>
              {t('study.takeOff')}
            </Button>
          </div>
          <CoursePicker
            label={t('study.courseOfTask', { n: at + 1 })}
            titles={task.courseId ? { [task.courseId]: task.courseTitle ?? t('shared.course') } : {}}
            value={task.courseId ? [task.courseId] : []}
            onChange={(ids) => setCourse(at, ids.at(-1))}
          />
        </div>
      ))}
      {draft.tasks.length < 20 ? (
        <Button onClick={() => set({ tasks: [...draft.tasks, { kind: 'read', title: '' }] })}>
          {t('study.addTask')}
        </Button>
      ) : null}
      <TextArea
        label={t('study.questions')}
        help={t('study.questionsHelp')}
        rows={3}
        maxLength={2000}
        value={draft.questions}
        onChange={(questions) => set({ questions })}
      />
      <label className="study-check">
        <input
          type="checkbox"
          checked={draft.isModerated}
          onChange={({ target }) => set({ isModerated: target.checked })}
        />
        {t('study.isModerated')}
      </label>
    </>
  )
}
