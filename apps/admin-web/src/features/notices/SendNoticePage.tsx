import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { NOTICE_LEVELS, type NoticeLevel, sendNotice } from '@tongxin/contract/notices'
import { ConfirmDialog, DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker, useOrgName } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { ALL_NOTICES } from './notices.api.ts'

type Draft = {
  orgId: string
  title: string
  body: string
  level: NoticeLevel
  needsConfirm: boolean
  confirmOn: string
  to: 'members' | 'everyone'
}

/** The end of a day in China, where all deadlines are. */
const endOf = (day: string) => `${day}T15:59:59.000Z`

type Change = (values: Partial<Draft>) => void

function useSend(onDone: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return useWrite(sendNotice, {
    refreshes: ALL_NOTICES,
    onDone: ({ people }) => {
      onDone()
      say(t('notices.sentTo', { count: people }))
      void navigate({ to: paths.notices.list() })
    },
  })
}

const emptyDraft = (orgId: string): Draft => ({
  orgId,
  title: '',
  body: '',
  level: 'normal',
  needsConfirm: true,
  confirmOn: '',
  to: 'members',
})

function bodyOf({ confirmOn, ...values }: Draft) {
  return { ...values, confirmBy: values.needsConfirm && confirmOn ? endOf(confirmOn) : null }
}

const isIncomplete = ({ orgId, title, body }: Draft) =>
  orgId === '' || title.trim().length < 2 || body.trim().length < 2

/** Writes to everyone of an organisation; asked once more before it leaves, because it cannot be called back. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { whyNot: mayNot } = useCan()('notices.send')
  const post = postOf(useSession())
  const [isAsking, setAsking] = useState(false)
  const { values, change, discard, savedAt } = useDraft<Draft>('notice', emptyDraft(post?.orgId ?? ''))
  const picked = useOrgName(values.orgId)
  const send = useSend(discard)
  const labels = {
    '/body/orgId': t('notices.to'),
    '/body/title': t('notices.subject'),
    '/body/body': t('notices.text'),
    '/body/confirmBy': t('notices.confirmBy'),
  }
  const org = values.orgId === post?.orgId ? post.orgName : picked
  return (
    <FormPage
      title={t('notices.write')}
      verb={t('notices.send')}
      onSubmit={() => setAsking(true)}
      isBusy={send.isPending}
      error={isAsking ? null : send.error}
      labels={labels}
      whyNot={mayNot ?? (isIncomplete(values) ? t('notices.incomplete') : undefined)}
      savedAt={savedAt}
      onDiscard={discard}
      onBack={() => void navigate({ to: paths.notices.list() })}
    >
      <Fields values={values} change={change} error={send.error} />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('notices.sendNow')}
        verb={t('notices.send')}
        isBusy={send.isPending}
        error={send.error}
        onConfirm={() => send.mutate({ body: bodyOf(values) })}
      >
        {t('notices.sendNowHint', { org, title: values.title })}
      </ConfirmDialog>
    </FormPage>
  )
}

function Fields({ values, change, error }: { values: Draft; change: Change; error: unknown }) {
  const { t } = useTranslation()
  const at = useFieldErrors(error)
  return (
    <>
      <OrgPicker
        label={t('notices.to')}
        value={values.orgId}
        onChange={(orgId) => change({ orgId })}
        required
        error={at('/body/orgId') ?? ''}
      />
      <Select
        label={t('notices.toWhom')}
        value={values.to}
        onChange={(to) => change({ to: to || 'members' })}
        options={(['members', 'everyone'] as const).map((value) => ({ value, label: t(`notices.toOf.${value}`) }))}
      />
      <TextInput
        label={t('notices.subject')}
        required
        maxLength={120}
        value={values.title}
        onChange={(title) => change({ title })}
        error={at('/body/title')}
      />
      <TextArea
        label={t('notices.text')}
        required
        rows={8}
        maxLength={8000}
        value={values.body}
        onChange={(text) => change({ body: text })}
        error={at('/body/body')}
      />
      <Receipt values={values} change={change} error={at('/body/confirmBy')} />
    </>
  )
}

/** How loud it is, and whether people confirm that they received it. */
function Receipt({ values, change, error }: { values: Draft; change: Change; error: string | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('notices.levelLabel')}
        value={values.level}
        onChange={(level) => change({ level: level || 'normal' })}
        options={NOTICE_LEVELS.map((value) => ({ value, label: t(`notices.level.${value}`) }))}
      />
      <Checkbox checked={values.needsConfirm} onChange={(event) => change({ needsConfirm: event.target.checked })}>
        {t('notices.askConfirm')}
      </Checkbox>
      {values.needsConfirm ? (
        <DateInput
          label={t('notices.confirmBy')}
          value={values.confirmOn}
          onChange={(day) => change({ confirmOn: day })}
          error={error}
        />
      ) : null}
    </>
  )
}
