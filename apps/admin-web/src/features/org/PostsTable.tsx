import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { endPost, type Leadership, type PostRow, reportPost } from '@tongxin/contract/org.terms'
import { Button, Lamp, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'

type Asked = { readonly act: 'leave' | 'report'; readonly post: PostRow }

/** Posts in office first, then those that were left; each with how it was come by and the letter behind it. */
export function PostsTable({ unit, leadership }: { unit: OrgRecord; leadership: Leadership }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const isOpen = unit.dissolvedOn === null && leadership.asOf === null
  return (
    <div className="org-scroll">
      <table className="org-table">
        <thead>
          <tr>
            <th>{t('org.post')}</th>
            <th>{t('org.holder')}</th>
            <th>{t('org.heldFor')}</th>
            <th>{t('org.way')}</th>
            <th>{t('org.documents')}</th>
            <th>
              <span className="tx-hidden">{t('org.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {leadership.posts.map((post) => (
            <tr key={post.id} data-past={post.untilOn !== null || undefined}>
              <td>{t(`words.org.post.${post.post}`)}</td>
              <td>{post.name}</td>
              <td>
                {post.untilOn ? `${post.fromOn} – ${post.untilOn}` : t('org.heldSince', { on: post.fromOn })}
                {post.endedReason ? <p className="hint">{t('org.leftBecause', { reason: post.endedReason })}</p> : null}
              </td>
              <td>{post.way ? t(`words.org.way.${post.way}`) : '—'}</td>
              <td className="long">
                {post.documentNumber ? <p>{post.documentNumber}</p> : null}
                <Report post={post} isOpen={isOpen} onReport={() => setAsked({ act: 'report', post })} />
              </td>
              <td>
                {isOpen && post.untilOn === null ? <Leave onLeave={() => setAsked({ act: 'leave', post })} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked?.act === 'leave' ? <LeaveDialog unit={unit} post={asked.post} onClose={() => setAsked(null)} /> : null}
      {asked?.act === 'report' ? <ReportDialog unit={unit} post={asked.post} onClose={() => setAsked(null)} /> : null}
    </div>
  )
}

function Leave({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <Button kind="quiet" {...can('org.write')} onClick={onLeave}>
      {t('org.leave')}
    </Button>
  )
}

function Report({ post, isOpen, onReport }: { post: PostRow; isOpen: boolean; onReport: () => void }) {
  const { t } = useTranslation()
  const can = useCan()
  if (post.reportDocument)
    return (
      <p>
        {t(`words.org.report.${post.report}`)} {post.reportDocument} · {post.reportedOn}
      </p>
    )
  if (!post.report) return post.documentNumber ? null : '—'
  const isLacking = post.report === 'approval' && (post.way === 'elected' || post.way === 'by_election')
  return (
    <>
      {isLacking ? <Lamp state="warn">{t('org.reportMissing')}</Lamp> : isOpen || post.documentNumber ? null : '—'}
      {isOpen && post.untilOn === null ? (
        <Button kind="quiet" {...can('org.write')} onClick={onReport}>
          {t(`org.reportDo.${post.report}`)}
        </Button>
      ) : null}
    </>
  )
}

type DialogProps = { unit: OrgRecord; post: PostRow; onClose: () => void }

function LeaveDialog({ unit, post, onClose }: DialogProps) {
  const { t } = useTranslation()
  const save = useWrite(endPost, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  return (
    <ChangeDialog
      title={t('org.leaveTitle', { name: post.name, post: t(`words.org.post.${post.post}`) })}
      verb={t('org.leave')}
      fields={['untilOn', 'reason']}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ untilOn = '', reason = '' }) =>
        save.mutate({ params: { id: unit.id, postId: post.id }, body: { untilOn, reason } })
      }
    />
  )
}

function ReportDialog({ unit, post, onClose }: DialogProps) {
  const { t } = useTranslation()
  const save = useWrite(reportPost, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  const kind = post.report ?? 'record'
  return (
    <ChangeDialog
      title={t(`org.reportTitle.${kind}`, { name: post.name, post: t(`words.org.post.${post.post}`) })}
      verb={t('org.save')}
      fields={['documentNumber', 'reportedOn']}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ documentNumber = '', reportedOn = '' }) =>
        save.mutate({ params: { id: unit.id, postId: post.id }, body: { documentNumber, reportedOn } })
      }
    />
  )
}
