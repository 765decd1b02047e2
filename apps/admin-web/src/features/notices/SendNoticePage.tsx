import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeNotice, relayNotice, sendNotice } from '@tongxin/contract/notices.circulars'
import { Button, ConfirmDialog, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker, useOrgName } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FilesField } from '../../shared/upload/FilesField.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { AskFields } from './AskFields.tsx'
import { askedOf, bodyOf, type Change, type Draft, emptyDraft, missingOf } from './draft.ts'
import { ALL_NOTICES, noticeQuery, peopleQuery } from './notices.api.ts'
import { draftOf, type Kept } from './record-draft.ts'
import { TargetFields } from './TargetFields.tsx'
import './notices.css'

const sourceOf = (search: Readonly<Record<string, string | undefined>>) => search.draft || search.relay || ''
export const loader = ({ search, queryClient }: LoaderInput) =>
  sourceOf(search) === '' ? undefined : queryClient.ensureQueryData(noticeQuery(sourceOf(search)))

/** Three ways to the same form: a new notice, one that has not left yet (`draft`), one from above (`relay`). */
export function Page({ search }: ScreenProps) {
  const id = sourceOf(search)
  const { data } = useQuery({ ...noticeQuery(id), enabled: id !== '' })
  if (id !== '' && !data) return null
  const kept = data ?? null
  return <Form key={id} kept={kept} isRelay={Boolean(search.relay)} />
}

type What = { draft: Draft; isDraft: boolean }
/** Sends, rewrites or passes on, whichever the form is for. */
function useSave(kept: Kept | null, isRelay: boolean, discard: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const done = {
    refreshes: ALL_NOTICES,
    onDone: ({
      id,
      state,
      people,
    }: {
      id: string
      state: 'draft' | 'scheduled' | 'sent' | 'recalled'
      people: number
    }) => {
      discard()
      say(t(state === 'sent' ? 'notices.sentTo' : `notices.kept.${state}`, { count: people }))
      void navigate({ to: state === 'draft' ? paths.notices.list() : paths.notices.one(id) })
    },
  }
  const send = useWrite(sendNotice, done)
  const change = useWrite(changeNotice, done)
  const relay = useWrite(relayNotice, done)
  const id = kept?.notice.id ?? ''
  const chosen = kept === null ? send : isRelay ? relay : change
  return {
    isBusy: chosen.isPending,
    error: chosen.error,
    save: ({ draft, isDraft }: What) => {
      if (kept === null) send.mutate({ body: bodyOf(draft, isDraft) })
      else if (isRelay) relay.mutate({ params: { id }, body: { ...askedOf(draft, isDraft), preface: draft.preface } })
      else change.mutate({ params: { id }, body: bodyOf(draft, isDraft) })
    },
  }
}

function useLabels() {
  const { t } = useTranslation()
  return {
    '/body/orgId': t('notices.issuer'),
    '/body/targets': t('notices.toWhom'),
    '/body/title': t('notices.subject'),
    '/body/body': t('notices.text'),
    '/body/confirmBy': t('notices.confirmBy'),
    '/body/sendAt': t('notices.sendAt'),
  }
}

function Form({ kept, isRelay }: { kept: Kept | null; isRelay: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { whyNot: mayNot } = useCan()('notices.send')
  const post = postOf(useSession())
  const [isAsking, setAsking] = useState(false)
  const first = kept && !isRelay ? draftOf(kept) : emptyDraft(post?.orgId ?? '')
  const place = kept ? `notice.${kept.notice.id}` : 'notice'
  const { values, change, discard, savedAt } = useDraft<Draft>(place, first)
  const { isBusy, error, save } = useSave(kept, isRelay, discard)
  const { data: meant } = useQuery(peopleQuery(values.orgId, values.targets))
  const missing = missingOf(values, isRelay)
  const title = t(isRelay ? 'notices.relay' : kept ? 'notices.edit' : 'notices.write')
  return (
    <FormPage
      title={title}
      verb={t(values.sendAt ? 'notices.schedule' : 'notices.send')}
      onSubmit={() => setAsking(true)}
      isBusy={isBusy}
      error={isAsking ? null : error}
      labels={useLabels()}
      whyNot={mayNot ?? (missing ? t(missing) : undefined)}
      savedAt={savedAt}
      onDiscard={discard}
      onBack={() => void navigate({ to: paths.notices.list() })}
    >
      <Fields values={values} change={change} error={error} kept={kept} isRelay={isRelay} />
      {isRelay ? null : (
        <Button
          isBusy={isBusy}
          whyNot={
            values.title.trim().length > 1 && values.body.trim().length > 1 ? undefined : t('notices.missing.text')
          }
          onClick={() => save({ draft: values, isDraft: true })}
        >
          {t('notices.keepDraft')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t(values.sendAt ? 'notices.scheduleNow' : 'notices.sendNow')}
        verb={t(values.sendAt ? 'notices.schedule' : 'notices.send')}
        isBusy={isBusy}
        error={error}
        onConfirm={() => save({ draft: values, isDraft: false })}
      >
        <Preview
          values={values}
          people={meant?.people ?? 0}
          title={kept && isRelay ? kept.notice.title : values.title}
        />
      </ConfirmDialog>
    </FormPage>
  )
}

/** What people will see, before it leaves. */
function Preview({ values, people, title }: { values: Draft; people: number; title: string }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('notices.sendNowHint', { count: people })}</p>
      <article className="notice-preview">
        <h3>{title}</h3>
        <p className="notice-text">{values.preface || values.body}</p>
        <p className="hint">
          {[
            t(`notices.level.${values.level}`),
            values.needsConfirm ? t('notices.askConfirm') : '',
            values.confirmOn ? `${t('notices.confirmBy')} ${values.confirmOn}` : '',
            values.files.map(({ name }) => name).join('、'),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </article>
    </>
  )
}

type FieldsProps = { values: Draft; change: Change; error: unknown; kept: Kept | null; isRelay: boolean }
function Fields({ values, change, error, kept, isRelay }: FieldsProps) {
  const { t } = useTranslation()
  const at = useFieldErrors(error)
  const issuer = useOrgName(values.orgId)
  const people = [...(kept?.targets.members ?? []), ...(kept?.targets.exceptMembers ?? [])]
  return (
    <>
      <OrgPicker
        label={t('notices.issuer')}
        value={values.orgId}
        name={values.orgId ? issuer : undefined}
        onChange={(orgId) => change({ orgId })}
        required
        error={at('/body/orgId') ?? ''}
      />
      {isRelay && kept ? (
        <FromAbove values={values} change={change} kept={kept} />
      ) : (
        <Words values={values} change={change} errorAt={at} />
      )}
      <TargetFields
        orgId={values.orgId}
        value={values.targets}
        names={Object.fromEntries(people.map(({ id, name }) => [id, name]))}
        onChange={(targets) => change({ targets })}
        errorAt={at}
      />
      <AskFields values={values} change={change} errorAt={at} />
    </>
  )
}

/** The superior's text as it stands, and the own words before it. */
function FromAbove({ values, change, kept }: { values: Draft; change: Change; kept: Kept }) {
  const { t } = useTranslation()
  return (
    <>
      <TextArea
        label={t('notices.preface')}
        help={t('notices.prefaceHint')}
        required
        rows={4}
        maxLength={2000}
        value={values.preface}
        onChange={(preface) => change({ preface })}
      />
      <blockquote className="notice-quoted">
        <strong>{kept.notice.title}</strong>
        <p className="notice-text">{kept.body}</p>
        <p className="hint">{kept.fromAbove ?? kept.notice.orgName}</p>
      </blockquote>
    </>
  )
}

function Words({
  values,
  change,
  errorAt,
}: {
  values: Draft
  change: Change
  errorAt: (field: string) => string | undefined
}) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('notices.subject')}
        required
        maxLength={120}
        value={values.title}
        onChange={(title) => change({ title })}
        error={errorAt('/body/title')}
      />
      <TextArea
        label={t('notices.text')}
        required
        rows={8}
        maxLength={8000}
        value={values.body}
        onChange={(text) => change({ body: text })}
        error={errorAt('/body/body')}
      />
      <FilesField
        files={values.files}
        onChange={(files) => change({ files })}
        words={{ label: t('notices.files'), hint: t('notices.filesHint'), takeOff: t('notices.takeOff') }}
        className="notice-chosen"
      />
    </>
  )
}
