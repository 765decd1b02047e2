import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import type { MemberRecord } from '@tongxin/contract/members'
import type { PortraitSize } from '@tongxin/contract/members.photos'
import { proposeChange } from '@tongxin/contract/members.review'
import { Button, Dialog, dateOf, Lamp, say, TextInput } from '@tongxin/ui'
import { ImagePlus, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_MEMBERS, photosQuery } from './members.api.ts'
import './photo.css'

export const photoUrl = (memberId: string, photoId: string, size: PortraitSize): string =>
  `/api/v1/members/${memberId}/photos/${photoId}/${size}`

/** At the place of the seal: the photo, or the first character of the name; opens what there is to do with it. */
export function Portrait({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { card, photo } = record
  return (
    <>
      <button
        type="button"
        className="record-portrait"
        aria-label={t('members.photo.open', { name: card.name })}
        onClick={() => setOpen(true)}
      >
        {photo ? <Picture url={photoUrl(card.id, photo.id, 'small')} alt="" /> : card.name.slice(0, 1)}
      </button>
      {isOpen ? <PhotoDialog record={record} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** A picture, or why there is none: it waits for its virus scan. */
export function Picture({ url, alt }: { url: string; alt: string }) {
  const { t } = useTranslation()
  const [isHeld, setHeld] = useState(false)
  if (isHeld) return <span className="hint">{t('members.photo.held')}</span>
  return <img src={url} alt={alt} onError={() => setHeld(true)} />
}

function PhotoDialog({ record, onClose }: { record: MemberRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { card, photo } = record
  const { data } = useQuery(photosQuery(card.id))
  const [file, setFile] = useState<File | null>(null)
  const [isRemoving, setRemoving] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const waits = record.openChanges.some(({ kind }) => kind === 'photo')
  const whyNot = record.can.propose ? undefined : t('shared.notYourPost')
  if (file) return <ProposeDialog record={record} file={file} onClose={onClose} />
  if (isRemoving) return <RemoveDialog record={record} onClose={onClose} />
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('members.photo.of', { name: card.name })}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.close')}</Button>
          {photo ? (
            <Button icon={<Trash2 size="1.1em" aria-hidden="true" />} whyNot={whyNot} onClick={() => setRemoving(true)}>
              {t('members.photo.remove')}
            </Button>
          ) : null}
          <Button
            kind="primary"
            icon={<ImagePlus size="1.1em" aria-hidden="true" />}
            whyNot={whyNot}
            onClick={() => input.current?.click()}
          >
            {t(photo ? 'members.photo.replace' : 'members.photo.add')}
          </Button>
        </>
      }
    >
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('members.photo.add')}
        accept="image/jpeg,image/png,image/webp"
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      {waits ? <Lamp state="info">{t('members.photo.waits')}</Lamp> : null}
      {photo ? (
        <div className="portrait-large">
          <Picture url={photoUrl(card.id, photo.id, 'large')} alt={t('members.photo.of', { name: card.name })} />
        </div>
      ) : (
        <p className="hint">{t('members.photo.none')}</p>
      )}
      {data && data.rows.length > 0 ? (
        <ul className="portrait-history">
          {data.rows.map((row) => (
            <li key={row.id}>
              <Picture url={photoUrl(card.id, row.id, 'small')} alt="" />
              <span>
                {row.until === null
                  ? t('members.photo.since', { on: dateOf(row.since) })
                  : t('members.photo.until', { from: dateOf(row.since), until: dateOf(row.until) })}
                <br />
                <span className="hint">
                  {t('members.photo.hands', {
                    maker: row.madeBy ?? t('members.nobody'),
                    setter: row.setBy ?? t('members.nobody'),
                  })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  )
}

/** The picture as it was chosen, once more before it is handed in. */
function ProposeDialog({ record, file, onClose }: { record: MemberRecord; file: File; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const url = useMemo(() => URL.createObjectURL(file), [file])
  // Synchronises with the browser: the address of the picture lives as long as the dialog.
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  const send = useMutation({
    mutationFn: async () => {
      const fileId = await uploadFile(file, 'photo')
      return call(proposeChange, { body: { kind: 'photo', memberId: record.card.id, fileId } })
    },
    onSuccess: async () => {
      await Promise.all(ALL_MEMBERS.map((queryKey) => client.invalidateQueries({ queryKey })))
      say(t('members.photo.proposed'))
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('members.photo.of', { name: record.card.name })}
      verb={t('members.photo.propose')}
      lead={t('members.photo.proposeHint')}
      isBusy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() => send.mutate()}
    >
      <div className="portrait-large">
        <img src={url} alt={file.name} />
      </div>
    </FormDialog>
  )
}

function RemoveDialog({ record, onClose }: { record: MemberRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const remove = useMutation({
    mutationFn: () =>
      call(proposeChange, { body: { kind: 'photo', memberId: record.card.id, fileId: null, reason: reason.trim() } }),
    onSuccess: async () => {
      await Promise.all(ALL_MEMBERS.map((queryKey) => client.invalidateQueries({ queryKey })))
      say(t('members.photo.proposed'))
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('members.photo.remove')}
      verb={t('members.photo.propose')}
      lead={t('members.photo.removeHint')}
      whyNot={reason.trim().length < 2 ? t('members.merge.reasonFirst') : undefined}
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={() => remove.mutate()}
    >
      <TextInput label={t('members.reason')} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

/** Of a proposal about the photo: what the record shows now at the left, what it would show at the right. */
export function PhotoPair(props: {
  changeId: string
  memberId: string
  photo: { readonly currentId: string | null; readonly isNew: boolean }
  /** Approved: what the record has now is what was proposed, or something later. */
  isSettled: boolean
}) {
  const { t } = useTranslation()
  const { currentId, isNew } = props.photo
  return (
    <div className="portrait-pair">
      {props.isSettled ? null : (
        <figure>
          <figcaption>{t('members.photo.now')}</figcaption>
          {currentId ? (
            <Picture url={photoUrl(props.memberId, currentId, 'large')} alt={t('members.photo.now')} />
          ) : (
            <p className="hint">{t('members.photo.noneNow')}</p>
          )}
        </figure>
      )}
      <figure data-new>
        <figcaption>{t('members.photo.proposedOne')}</figcaption>
        {isNew ? (
          <Picture url={`/api/v1/member-changes/${props.changeId}/photo/large`} alt={t('members.photo.proposedOne')} />
        ) : (
          <p className="hint">{t('members.photo.takenOut')}</p>
        )}
      </figure>
    </div>
  )
}
