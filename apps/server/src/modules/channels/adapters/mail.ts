import type { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { OutgoingError } from '../../../platform/outgoing.ts'
import { type Adapter, type Config, later, never, type Outcome, outcomeOf, SENT, type Way } from './adapter.ts'

const TIMEOUT_MS = 20_000

/** Electronic mail by SMTP (RFC 5321), plain text only: nothing in it can be executed by whoever reads it. */
export const mail: Adapter = {
  send: (way, config, message, to) =>
    deliver(way, config, {
      to: to ?? '',
      id: message.id,
      subject: message.title,
      text: [message.title, message.text, `打开平台查看 / Open the platform:\n${message.url}`]
        .filter((part) => part)
        .join('\n\n'),
    }),
  sendCode: (way, config, code, to) =>
    deliver(way, config, {
      to,
      id: way.nonce(),
      subject: `验证码 ${code} / Verification code`,
      text: `您的验证码是 ${code}，十分钟内有效。如非本人操作，请忽略。\n\nYour code is ${code}. It is valid for ten minutes.`,
    }),
}

type Letter = { readonly to: string; readonly id: string; readonly subject: string; readonly text: string }

async function deliver(way: Way, config: Config, letter: Letter): Promise<Outcome> {
  const { host = '', security, user, password, from = '', fromName } = config
  let socket: Socket
  try {
    const isSecured = security !== 'none'
    socket = await way.outgoing.connect({ host, port: Number(config.port), allowed: [host], isSecured })
  } catch (error) {
    return outcomeOf(error)
  }
  const transport = createTransport({
    host,
    port: Number(config.port),
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: host },
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    // The connection is the guarded one: the name is not resolved a second time.
    getSocket: (_options: unknown, give: (error: Error | null, given: { connection: Socket }) => void) =>
      give(null, { connection: socket }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: fromName ? { name: fromName, address: from } : from,
      to: { name: '', address: letter.to },
      subject: letter.subject,
      text: letter.text,
      date: way.now,
      messageId: `<${letter.id}@${from.split('@')[1] ?? 'localhost'}>`,
      // RFC 3834: no automatic answers to what no person has sent.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return SENT
  } catch (error) {
    return failureOf(error)
  } finally {
    transport.close()
    socket.destroy()
  }
}

/** RFC 5321, 4.2.1: 4yz passes, 5yz does not. What was never answered passes too. */
function failureOf(error: unknown): Outcome {
  if (error instanceof OutgoingError) return outcomeOf(error)
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (code === 'EAUTH') return never('sign_in')
  if (responseCode !== undefined)
    return responseCode >= 500 ? never(`smtp_${responseCode}`) : later(`smtp_${responseCode}`)
  if (code === 'ETLS') return never('smtp_tls')
  return later(code === 'ETIMEDOUT' ? 'timed_out' : `smtp_${code ?? 'broken'}`)
}
