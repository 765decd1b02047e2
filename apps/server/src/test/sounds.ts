/** A second of silence, 8-bit PCM at 8 kHz, with a number in it so that no two are equal. */
export function sound(number: number): Buffer {
  const head = 'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0'
  const bytes = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(8000, 128)])
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.writeUInt32LE(8000, 40)
  bytes.writeUInt32LE(number, 44)
  return bytes
}
