/**
 * What a reader of documents has no business with, out of strace's log: a file written, made, moved or removed outside its own
 * folder, the secret opened, a connection to the network, another program started.
 * @returns the lines
 */
export const strangeCalls = (log: string, folder: string, secret: string): readonly string[] =>
  log.split('\n').filter((line, index) => {
    const call = /^(?:\d+\s+)?(\w+)\((.*)/.exec(line)
    if (call === null) return false
    const [, name = '', rest = ''] = call
    if (rest.includes(secret)) return true
    if (name === 'connect') return rest.includes('AF_INET')
    if (name === 'execve') return index > 0
    if (name === 'open' || name === 'openat') return /O_(WRONLY|RDWR|CREAT)/.test(rest) && !rest.includes(folder) && !/"\/dev\/(null|tty)"/.test(rest)
    return !rest.includes(folder)
  })
