#!/bin/sh
# Starts a Slurm of one node on loopback, with all its files in a folder of its own:
#
#     start-slurm.sh FOLDER        prints nothing; SLURM_CONF=FOLDER/slurm.conf is the one to use
#     start-slurm.sh FOLDER stop   ends what was started there
#
# Needs Debian's slurm-wlm and munge, and root. Nothing outside the folder is read or written.
set -eu
folder=$1
conf=$folder/slurm.conf

end() {
  [ -f "$folder/$1.pid" ] && kill "$(cat "$folder/$1.pid")" 2>/dev/null || true
}

if [ "${2:-start}" = stop ]; then
  end slurmd
  end slurmctld
  end munged
  exit 0
fi

mkdir -p "$folder/state" "$folder/spool"
chmod 755 "$folder"
head -c 1024 /dev/urandom > "$folder/munge.key"
chmod 600 "$folder/munge.key"
# --force: the folder above may be /tmp, which others can write to.
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
  --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"

host=$(hostname -s)
# Ports of this process, so that two folders do not meet.
base=$((20000 + $$ % 20000))
cat > "$conf" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$base
SlurmdPort=$((base + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
CommunicationParameters=NoInAddrAny
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
JobRequeue=1
MinJobAge=10
JobCompType=jobcomp/none
AccountingStorageType=accounting_storage/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
END

export SLURM_CONF="$conf"
slurmctld -c
slurmd -c
for _ in $(seq 60); do
  [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && exit 0
  sleep 0.5
done
echo "the node does not come up: $(sinfo -h 2>&1)" >&2
tail -n 5 "$folder"/*.log >&2
exit 1
