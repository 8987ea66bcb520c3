/** Somebody who listens on this machine: no text of a stranger may ever reach them. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listener = {
  readonly address: string
  /** Numbers of the payloads that asked. */
  readonly asked: () => readonly number[]
  readonly forget: () => void
  readonly close: () => void
}

export const listen = async (): Promise<Listener> => {
  const asked = new Set<number>()
  const server = createServer((request, answer) => {
    asked.add(Number(/\d+/.exec(request.url ?? '')?.[0] ?? -1))
    answer.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => [...asked],
    forget: () => asked.clear(),
    close: () => server.close()
  }
}
