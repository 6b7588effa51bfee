import { place, systemUser } from './place.ts'
import { mariadbSettings } from './sizes.ts'

/** The socket stays open while one release takes over from the other: connections wait in it, none is refused. */
export const socketUnit = `[Unit]
Description=SmartKet: the address that outlives a restart

[Socket]
ListenStream=127.0.0.1:3000
Backlog=4096
NoDelay=true

[Install]
WantedBy=sockets.target
`

/**
 * V8 compiles while it runs, so memory may become executable (no MemoryDenyWriteExecute). The nightly verification
 * starts a MariaDB of its own under the data folder: the only place that may be written.
 */
export const serviceUnit = `[Unit]
Description=SmartKet
Documentation=file:/opt/smartket
Requires=smartket.socket
After=smartket.socket network-online.target mariadb.service
Wants=network-online.target mariadb.service
StartLimitIntervalSec=0

[Service]
User=${systemUser}
Group=${systemUser}
EnvironmentFile=${place.environment}
ExecStart=${place.current}/smartket serve
WorkingDirectory=${place.data}
Restart=always
RestartSec=1
KillMode=mixed
TimeoutStopSec=60
LimitNOFILE=65535

NoNewPrivileges=true
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ReadWritePaths=${place.data}
ProtectHome=true
PrivateTmp=true
PrivateDevices=true
ProtectProc=invisible
ProcSubset=all
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
LockPersonality=true
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
RemoveIPC=true
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077

[Install]
WantedBy=multi-user.target
`

/** Every log line goes to the journal, and the journal does not fill the disk. */
export const journalConf = `[Journal]
SystemMaxUse=1G
MaxRetentionSec=30day
`

/** MariaDB's own limit of open files is its unit's; and where memory is short, it is the last to go. */
export const mariadbLimits = `[Service]
LimitNOFILE=65535
OOMScoreAdjust=-500
`

/** Caddy's own log of requests, where somebody turns it on. */
export const logrotateConf = `/var/log/caddy/*.log {
\tweekly
\trotate 8
\tcompress
\tdelaycompress
\tmissingok
\tnotifempty
\tcopytruncate
}
`

export function mariadbConf(memoryBytes: number): string {
  const lines = Object.entries(mariadbSettings(memoryBytes)).map(([name, value]) => `${name} = ${value}`)
  return [
    '# Written by «smartket install»; what each line protects: docs/deploy.md.',
    '[mariadbd]',
    ...lines,
    '',
  ].join('\n')
}

/**
 * Reads the environment as systemd does, where a value may hold spaces and signs that a shell would obey. What needs
 * systemd acts as root, and what it writes is the service's again: a copy that the service cannot read stops its night.
 */
export const commandScript = `#!/bin/sh
[ -r ${place.environment} ] || { echo 'Only root: sudo smartket …' >&2; exit 1; }
while IFS= read -r line; do
	case "$line" in
	[A-Z]*=\\"*\\") line=\${line%\\"} && line=\${line%%=*}=\${line#*=\\"} ;;
	esac
	case "$line" in
	[A-Z]*=*) export "$line" ;;
	esac
done <${place.environment}
cd ${place.data} || exit 1
as_service() {
	setpriv --reuid=${systemUser} --regid=${systemUser} --init-groups ${place.current}/smartket "$@"
}
case "$*" in
install*) exec ${place.current}/smartket "$@" ;;
upgrade* | rollback*)
	${place.current}/smartket "$@"
	status=$?
	chown -Rh ${systemUser}:${systemUser} ${place.data}
	exit $status
	;;
'keys rotate' | 'keys rotate --json')
	[ -e ${place.data}/database.key.old ] || as_service keys rotate --hold || exit
	systemctl restart smartket.service || exit
	shift 2
	as_service keys rotate --finish "$@"
	;;
*) as_service "$@" ;;
esac
`
