"""Rows about what delivery agents do: a file or a setting, and what becomes of the mail.

As harness/flow.py, and `set NAME = VALUE` for the time of one section.
"""
import os
import shutil
import subprocess

from harness.flow import Flow


class Rows(Flow):
    timeout = 300
    long_texts = {}     # placeholders of sections

    def play(self, head, lines):
        before = dict(self.inst.main)
        new = dict(line[4:].split(" = ", 1) if " = " in line else (line[4:].rstrip(" ="), "")
                   for line in lines if line.startswith("set "))
        try:
            if new:
                self.inst.set(**new)
                self.since = self.inst.log_size()
            super().play(head, [line for line in lines if not line.startswith("set ")])
        finally:
            if new:
                self.inst.main = before
                self.inst.write_config()
                self.inst.reload()

    def filled(self, word):
        for name, text in self.long_texts.items():
            word = word.replace(name, text)
        return word

    def make(self, op, words, made):
        super().make(op, [self.filled(w) for w in words], made)

    def steps(self, head, lines, made):
        super().steps([self.filled(w) for w in head], lines, made)


COMMANDS = {
    'sig1': '"|echo dying; kill -1 $$"',
    'sig2': '"|echo dying; kill -2 $$"',
    'sig3': '"|echo dying; kill -3 $$"',
    'sig6': '"|echo dying; kill -6 $$"',
    'sig8': '"|echo dying; kill -8 $$"',
    'sig11': '"|echo dying; kill -11 $$"',
    'sig13': '"|echo dying; kill -13 $$"',
    'sig14': '"|echo dying; kill -14 $$"',
    'sig15': '"|echo dying; kill -15 $$"',
    'sig10': '"|echo dying; kill -10 $$"',
    'sig12': '"|echo dying; kill -12 $$"',
    'q9': '"|kill -9 $$"',
    'q15': '"|kill -15 $$"',
    'long': '"|head -c 9000 /dev/zero | tr \'\\\\0\' x; exit 1"',
    'lines': '"|echo one; echo two; echo three; exit 1"',
    'lead': '"|echo; echo; echo text; exit 1"',
    'trail': '"|echo \'text   \'; exit 1"',
    'dsnmix': '"|echo \'5.7.1: text\'; exit 1"',
    'dsnshort': '"|echo \'5.7 text\'; exit 1"',
    'dsnlong': '"|echo \'5.7.1234 text\'; exit 1"',
    'dsn1000': '"|echo \'5.1000.1 text\'; exit 1"',
    'dsn3': '"|echo \'3.1.1 text\'; exit 1"',
    'dsn6': '"|echo \'6.1.1 text\'; exit 1"',
    'dsntab': '"|printf \'5.1.1\\ttext\'; exit 1"',
    'dsnnl': '"|printf \'5.1.1\\nnext\\n\'; exit 1"',
    'dsnsecond': '"|printf \'first\\n5.1.1 second\\n\'; exit 1"',
    'dsn00': '"|echo \'5.0.0 zero\'; exit 69"',
    'dsn75': '"|echo \'4.2.1 wait\'; exit 67"',
    'dsn5t': '"|echo \'5.2.1 gone\'; exit 75"',
    'eightbit': '"|printf \'caf\\303\\251 \\377\\n\'; exit 1"',
    'percent': '"|echo \'100% $x (y) <z>\'; exit 1"',
    'bg': '"|sleep 100 & exit 0"',
    'bgout': '"|(sleep 1; echo late) & exit 1"',
    'closeout': '"|exec >&- 2>&-; exit 1"',
    'stdin': '"|wc -c > @DIR@/out/n"',
    'umask': '"|umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u"',
    'env': '"|env | sort > @DIR@/out/env"',
    'args': '"|/usr/bin/printf %s- a  b > @DIR@/out/a"',
    'noshell': '"|/bin/echo a b"',
    'shellbuiltin': '"|exit 0"',
    'redir': '"|/bin/cat>@DIR@/out/r"',
    'dollar': '"|/bin/echo $HOME"',
    'star': '"|/bin/echo *"',
    'home': '"|/bin/echo ~"',
    'eqs': '"|FOO=bar /bin/true"',
    'hash': '"|/bin/echo a #b"',
    'pct': '"|/bin/echo %x a=b c,d e@f g+h i_j"',
    'quote': '"|/bin/echo \'a  b\'"',
    'builtin': '"|exec /bin/echo"',
    'test': '"|test -d /"',
    'if': '"|if true; then exit 0; fi"',
    'colon': '"|:"',
    'set': '"|set"',
    'longcmd': '"|/bin/echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    'bigout': '"|yes | head -c 1000000; exit 0"',
    'fdz': '"|ls /proc/self/fd > @DIR@/out/fd"',
    'sigs': '"|grep Sig[IB] /proc/self/status > @DIR@/out/s"',
    'pg': '"|ps -o pgid=,sid= > /dev/null; exit 0"',
    'x0': '"|exit 0"',
    'xo0': '"|echo some words; exit 0"',
    'x1': '"|exit 1"',
    'xo1': '"|echo some words; exit 1"',
    'x2': '"|exit 2"',
    'xo2': '"|echo some words; exit 2"',
    'x63': '"|exit 63"',
    'xo63': '"|echo some words; exit 63"',
    'x64': '"|exit 64"',
    'xo64': '"|echo some words; exit 64"',
    'x65': '"|exit 65"',
    'xo65': '"|echo some words; exit 65"',
    'x66': '"|exit 66"',
    'xo66': '"|echo some words; exit 66"',
    'x67': '"|exit 67"',
    'xo67': '"|echo some words; exit 67"',
    'x68': '"|exit 68"',
    'xo68': '"|echo some words; exit 68"',
    'x69': '"|exit 69"',
    'xo69': '"|echo some words; exit 69"',
    'x70': '"|exit 70"',
    'xo70': '"|echo some words; exit 70"',
    'x71': '"|exit 71"',
    'xo71': '"|echo some words; exit 71"',
    'x72': '"|exit 72"',
    'xo72': '"|echo some words; exit 72"',
    'x73': '"|exit 73"',
    'xo73': '"|echo some words; exit 73"',
    'x74': '"|exit 74"',
    'xo74': '"|echo some words; exit 74"',
    'x75': '"|exit 75"',
    'xo75': '"|echo some words; exit 75"',
    'x76': '"|exit 76"',
    'xo76': '"|echo some words; exit 76"',
    'x77': '"|exit 77"',
    'xo77': '"|echo some words; exit 77"',
    'x78': '"|exit 78"',
    'xo78': '"|echo some words; exit 78"',
    'x79': '"|exit 79"',
    'xo79': '"|echo some words; exit 79"',
    'x80': '"|exit 80"',
    'xo80': '"|echo some words; exit 80"',
    'x100': '"|exit 100"',
    'xo100': '"|echo some words; exit 100"',
    'x126': '"|exit 126"',
    'xo126': '"|echo some words; exit 126"',
    'x127': '"|exit 127"',
    'xo127': '"|echo some words; exit 127"',
    'x128': '"|exit 128"',
    'xo128': '"|echo some words; exit 128"',
    'x137': '"|exit 137"',
    'xo137': '"|echo some words; exit 137"',
    'x200': '"|exit 200"',
    'xo200': '"|echo some words; exit 200"',
    'x255': '"|exit 255"',
    'xo255': '"|echo some words; exit 255"',
}


class CommandRows(Rows):
    """Commands of aliases: how they end, and what they say."""
    area = "local"
    cost = 30
    maps = {
        "aliases": "postmaster: alice\n" + "".join("%s: %s\n" % row for row in COMMANDS.items()),
    }
    main = """recipient_delimiter = +
default_privs = nobody
home_mailbox =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
service_throttle_time = 1s
transport_retry_time = 1s
command_time_limit = 2s
local_recipient_maps =
"""
    flow = r"""
== sig1
    > sig1 4.3.0 deferred Command died with signal 1: "echo dying; kill -1 $$". Command output: dying
== sig2
    > sig2 4.3.0 deferred Command died with signal 2: "echo dying; kill -2 $$". Command output: dying
== sig3
    > sig3 4.3.0 deferred Command died with signal 3: "echo dying; kill -3 $$". Command output: dying
== sig6
    > sig6 4.3.0 deferred Command died with signal 6: "echo dying; kill -6 $$". Command output: dying
== sig8
    > sig8 4.3.0 deferred Command died with signal 8: "echo dying; kill -8 $$". Command output: dying
== sig11
    > sig11 4.3.0 deferred Command died with signal 11: "echo dying; kill -11 $$". Command output: dying
== sig13
    > sig13 2.0.0 sent delivered to command: echo dying; kill -13 $$
== sig14
    > sig14 4.3.0 deferred Command died with signal 14: "echo dying; kill -14 $$". Command output: dying
== sig15
    > sig15 4.3.0 deferred Command died with signal 15: "echo dying; kill -15 $$". Command output: dying
== sig10
    > sig10 4.3.0 deferred Command died with signal 10: "echo dying; kill -10 $$". Command output: dying
== sig12
    > sig12 4.3.0 deferred Command died with signal 12: "echo dying; kill -12 $$". Command output: dying
== q9
    > q9 4.3.0 deferred Command died with signal 9: "kill -9 $$"
== q15
    > q15 4.3.0 deferred Command died with signal 15: "kill -15 $$"
== long
== lines
    > lines 5.3.0 bounced Command died with status 1: "echo one; echo two; echo three; exit 1". Command output: one two three
== lead
    > lead 5.3.0 bounced Command died with status 1: "echo; echo; echo text; exit 1". Command output:   text
== trail
    > trail 5.3.0 bounced Command died with status 1: "echo 'text   '; exit 1". Command output: text
== dsnmix
    > dsnmix 5.3.0 bounced Command died with status 1: "echo '5.7.1: text'; exit 1". Command output: 5.7.1: text
== dsnshort
    > dsnshort 5.3.0 bounced Command died with status 1: "echo '5.7 text'; exit 1". Command output: 5.7 text
== dsnlong
    > dsnlong 5.3.0 bounced Command died with status 1: "echo '5.7.1234 text'; exit 1". Command output: 5.7.1234 text
== dsn1000
    > dsn1000 5.3.0 bounced Command died with status 1: "echo '5.1000.1 text'; exit 1". Command output: 5.1000.1 text
== dsn3
    > dsn3 5.3.0 bounced Command died with status 1: "echo '3.1.1 text'; exit 1". Command output: 3.1.1 text
== dsn6
    > dsn6 5.3.0 bounced Command died with status 1: "echo '6.1.1 text'; exit 1". Command output: 6.1.1 text
== dsntab
    > dsntab 5.3.0 bounced Command died with status 1: "printf '5.1.1ttext'; exit 1". Command output: 5.1.1ttext
== dsnnl
    > dsnnl 5.3.0 bounced Command died with status 1: "printf '5.1.1nnextn'; exit 1". Command output: 5.1.1nnextn
== dsnsecond
    > dsnsecond 5.3.0 bounced Command died with status 1: "printf 'firstn5.1.1 secondn'; exit 1". Command output: firstn5.1.1 secondn
== dsn00
    > dsn00 5.0.0 bounced zero
== dsn75
    > dsn75 4.2.1 deferred wait
== dsn5t
    > dsn5t 5.2.1 bounced gone
== percent
    > percent 5.3.0 bounced Command died with status 1: "echo '100% $x (y) <z>'; exit 1". Command output: 100% $x (y) <z>
== closeout
    > closeout 5.3.0 bounced Command died with status 1: "exec >&- 2>&-; exit 1"
== umask
    > umask 2.0.0 sent delivered to command: umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u
    file out/u mode=600 owner=nobody \A0077\n@DIR@/queue\nuid=65534\(nobody\) gid=65534\(nogroup\) groups=65534\(nogroup\)\n\w+\n0\n\Z
== env
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== args
    > args 2.0.0 sent delivered to command: /usr/bin/printf %s- a  b > @DIR@/out/a
    file out/a mode=600 owner=nobody \Aa-b-\Z
== noshell
    > noshell 2.0.0 sent delivered to command: /bin/echo a b
== shellbuiltin
    > shellbuiltin 2.0.0 sent delivered to command: exit 0
== redir
    > redir 2.0.0 sent delivered to command: /bin/cat>@DIR@/out/r
    file out/r mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: redir@example\.test\nDelivered-To: redir@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: redir@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== dollar
    > dollar 2.0.0 sent delivered to command: /bin/echo $HOME
== star
    > star 2.0.0 sent delivered to command: /bin/echo *
== home
    > home 2.0.0 sent delivered to command: /bin/echo ~
== eqs
    > eqs 2.0.0 sent delivered to command: FOO=bar /bin/true
== hash
    > hash 2.0.0 sent delivered to command: /bin/echo a #b
== pct
    > pct 2.0.0 sent delivered to command: /bin/echo %x a=b c,d e@f g+h i_j
== quote
    > quote 2.0.0 sent delivered to command: /bin/echo 'a  b'
== builtin
    > builtin 2.0.0 sent delivered to command: exec /bin/echo
== test
    > test 2.0.0 sent delivered to command: test -d /
== if
    > if 2.0.0 sent delivered to command: if true; then exit 0; fi
== colon
    > colon 2.0.0 sent delivered to command: :
== set
    > set 2.0.0 sent delivered to command: set
== longcmd
    > longcmd 2.0.0 sent delivered to command: /bin/echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
== pg
    > pg 2.0.0 sent delivered to command: ps -o pgid=,sid= > /dev/null; exit 0
== x0
    > x0 2.0.0 sent delivered to command: exit 0
== xo0
    > xo0 2.0.0 sent delivered to command: echo some words; exit 0
== x1
    > x1 5.3.0 bounced Command died with status 1: "exit 1"
== xo1
    > xo1 5.3.0 bounced Command died with status 1: "echo some words; exit 1". Command output: some words
== x2
    > x2 5.3.0 bounced Command died with status 2: "exit 2"
== xo2
    > xo2 5.3.0 bounced Command died with status 2: "echo some words; exit 2". Command output: some words
== x63
    > x63 5.3.0 bounced Command died with status 63: "exit 63"
== xo63
    > xo63 5.3.0 bounced Command died with status 63: "echo some words; exit 63". Command output: some words
== x64
    > x64 5.3.0 bounced command line usage error
== xo64
    > xo64 5.3.0 bounced command line usage error. Command output: some words
== x65
    > x65 5.6.0 bounced data format error
== xo65
    > xo65 5.6.0 bounced data format error. Command output: some words
== x66
    > x66 5.3.0 bounced cannot open input
== xo66
    > xo66 5.3.0 bounced cannot open input. Command output: some words
== x67
    > x67 5.1.1 bounced user unknown
== xo67
    > xo67 5.1.1 bounced user unknown. Command output: some words
== x68
    > x68 5.1.2 bounced host name unknown
== xo68
    > xo68 5.1.2 bounced host name unknown. Command output: some words
== x69
    > x69 5.3.0 bounced service unavailable
== xo69
    > xo69 5.3.0 bounced service unavailable. Command output: some words
== x70
    > x70 5.3.0 bounced internal software error
== xo70
    > xo70 5.3.0 bounced internal software error. Command output: some words
== x71
    > x71 4.3.0 deferred system resource problem
== xo71
    > xo71 4.3.0 deferred system resource problem. Command output: some words
== x72
    > x72 5.3.0 bounced critical OS file missing
== xo72
    > xo72 5.3.0 bounced critical OS file missing. Command output: some words
== x73
    > x73 5.2.0 bounced can't create user output file
== xo73
    > xo73 5.2.0 bounced can't create user output file. Command output: some words
== x74
    > x74 5.3.0 bounced input/output error
== xo74
    > xo74 5.3.0 bounced input/output error. Command output: some words
== x75
    > x75 4.3.0 deferred temporary failure
== xo75
    > xo75 4.3.0 deferred temporary failure. Command output: some words
== x76
    > x76 5.5.0 bounced remote error in protocol
== xo76
    > xo76 5.5.0 bounced remote error in protocol. Command output: some words
== x77
    > x77 5.7.0 bounced permission denied
== xo77
    > xo77 5.7.0 bounced permission denied. Command output: some words
== x78
    > x78 5.3.5 bounced local configuration error
== xo78
    > xo78 5.3.5 bounced local configuration error. Command output: some words
== x79
    > x79 5.3.0 bounced Command died with status 79: "exit 79"
== xo79
    > xo79 5.3.0 bounced Command died with status 79: "echo some words; exit 79". Command output: some words
== x80
    > x80 5.3.0 bounced Command died with status 80: "exit 80"
== xo80
    > xo80 5.3.0 bounced Command died with status 80: "echo some words; exit 80". Command output: some words
== x100
    > x100 5.3.0 bounced Command died with status 100: "exit 100"
== xo100
    > xo100 5.3.0 bounced Command died with status 100: "echo some words; exit 100". Command output: some words
== x126
    > x126 5.3.0 bounced Command died with status 126: "exit 126"
== xo126
    > xo126 5.3.0 bounced Command died with status 126: "echo some words; exit 126". Command output: some words
== x127
    > x127 5.3.0 bounced Command died with status 127: "exit 127"
== xo127
    > xo127 5.3.0 bounced Command died with status 127: "echo some words; exit 127". Command output: some words
== x128
    > x128 5.3.0 bounced Command died with status 128: "exit 128"
== xo128
    > xo128 5.3.0 bounced Command died with status 128: "echo some words; exit 128". Command output: some words
== x137
    > x137 5.3.0 bounced Command died with status 137: "exit 137"
== xo137
    > xo137 5.3.0 bounced Command died with status 137: "echo some words; exit 137". Command output: some words
== x200
    > x200 5.3.0 bounced Command died with status 200: "exit 200"
== xo200
    > xo200 5.3.0 bounced Command died with status 200: "echo some words; exit 200". Command output: some words
== x255
    > x255 5.3.0 bounced Command died with status 255: "exit 255"
== xo255
    > xo255 5.3.0 bounced Command died with status 255: "echo some words; exit 255". Command output: some words
"""


class CommandSettings(Rows):
    """Commands, and the settings that change them."""
    area = "local"
    cost = 20
    maps = CommandRows.maps
    main = """recipient_delimiter = +
default_privs = nobody
home_mailbox =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
service_throttle_time = 1s
transport_retry_time = 1s
command_time_limit = 2s
local_recipient_maps =
"""
    flow = r"""
== env2 env
    set export_environment =
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLOCAL=env\nLOGNAME=env\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nUSER=env\n\Z
== env4 env+e/x$y`z sender=x
    > env+e/x$y`z 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    log address with illegal extension: env+e/x$y`z
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env\+e/x_y_z@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env\+e/x_y_z@example\.test\nSENDER=x@example\.test\nTZ=UTC\nUSER=env\n\Z
== env6 env+ext
    set command_expansion_filter = abc
    > env+ext 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=_________\nCLIENT_HELO=c________a________\nCLIENT_HOSTNAME=__ca_____\nCLIENT_PROTOCOL=_____\nDOMAIN=__a_________\nEXTENSION=___\nLANG=C\nLOCAL=_______\nLOGNAME=___\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=__________a_________\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=__________a_________\nSENDER=_________a________\nTZ=UTC\nUSER=___\n\Z
== env7 env+ext
    set recipient_delimiter =
    > env+ext 5.1.1 bounced unknown user: "env+ext"
== env8 env sender=
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=\nTZ=UTC\nUSER=env\n\Z
== env9 ENV+Ext@Example.Test
    > ENV+Ext@Example.Test 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nEXTENSION=ext\nLANG=C\nLOCAL=env\+ext\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=ENV\+Ext@Example\.Test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=ENV\+Ext@Example\.Test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== envheaders env headers=X-Original-To:_foo
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== envshell env
    set local_command_shell = /bin/sh -c
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== dpnum env
    set default_privs = vmail
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=vmail \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== ced1 umask
    set command_execution_directory = @DIR@/out
    > umask 2.0.0 sent delivered to command: umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u
    file out/u mode=600 owner=nobody \A0077\n@DIR@/out\nuid=65534\(nobody\) gid=65534\(nogroup\) groups=65534\(nogroup\)\n\w+\n0\n\Z
== ced2 umask
    set command_execution_directory = /no/such
    > umask 4.3.0 deferred temporary failure
    log fatal: cannot change directory to "/no/such" for uid=65534 gid=65534: No such file or directory
== ced3 umask
    set command_execution_directory = $home
    > umask 2.0.0 sent delivered to command: umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u
    file out/u mode=600 owner=nobody \A0077\n@DIR@/queue\nuid=65534\(nobody\) gid=65534\(nogroup\) groups=65534\(nogroup\)\n\w+\n0\n\Z
== ced4 umask
    set command_execution_directory = @DIR@/$user
    > umask 4.3.0 deferred temporary failure
    log fatal: cannot change directory to "@DIR@/umask" for uid=65534 gid=65534: No such file or directory
== ced5 umask
    set command_execution_directory = @DIR@/out$nosuch
    > umask 2.0.0 sent delivered to command: umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u
    file out/u mode=600 owner=nobody \A0077\n@DIR@/out\nuid=65534\(nobody\) gid=65534\(nogroup\) groups=65534\(nogroup\)\n\w+\n0\n\Z
== efilter env
    set execution_directory_expansion_filter = abc
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== lcs1 noshell
    set local_command_shell = /bin/echo
    > noshell 2.0.0 sent delivered to command: /bin/echo a b
== lcs2 noshell
    set local_command_shell = /usr/bin/env FOO=bar /bin/sh -c
    > noshell 2.0.0 sent delivered to command: /bin/echo a b
== lcs3 noshell
    set local_command_shell = /no/such
    > noshell 4.3.0 deferred temporary failure. Command output: local: fatal: pipe_command: execvp /no/such: No such file or directory
    log fatal: pipe_command: execvp /no/such: No such file or directory
== acmd1 env
    set allow_mail_to_commands = forward
    > env 5.7.1 bounced mail to command is restricted
== acmd2 env
    set allow_mail_to_commands = alias,forward,include
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== msl1 noshell
    set mailbox_size_limit = 51200000
    > noshell 2.0.0 sent delivered to command: /bin/echo a b
== msl0 umask
    set mailbox_size_limit = 0
    > umask 2.0.0 sent delivered to command: umask > @DIR@/out/u; pwd >> @DIR@/out/u; id >> @DIR@/out/u; ulimit -f >> @DIR@/out/u; ulimit -c >> @DIR@/out/u
    file out/u mode=600 owner=nobody \A0077\n@DIR@/queue\nuid=65534\(nobody\) gid=65534\(nogroup\) groups=65534\(nogroup\)\nunlimited\n0\n\Z
== fdt env
    set frozen_delivered_to = no
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== lds1 x1
    set local_delivery_status_filter = inline:{{5.3.0=4.3.0}}
    > x1 5.3.0 bounced Command died with status 1: "exit 1"
== lds2 x1
    set local_delivery_status_filter = regexp:{{/^5(\.3\.0.*)/ 4$1}}
    > x1 5.3.0 bounced Command died with status 1: "exit 1"
    log local_delivery_status_filter: bad status code: 4
== lds3 x1
    set local_delivery_status_filter = regexp:{{/^5/ 2.0.0 fine}}
    > x1 5.3.0 bounced Command died with status 1: "exit 1"
    log local_delivery_status_filter: bad status code: 2.0.0 fine
== lds4 env
    set local_delivery_status_filter = regexp:{{/^2/ 4.0.0 no}}
    > env 2.0.0 sent delivered to command: env | sort > @DIR@/out/env
    log local_delivery_status_filter: bad status code: 4.0.0 no
    file out/env mode=600 owner=nobody \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nLANG=C\nLOCAL=env\nLOGNAME=env\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=env@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=env@example\.test\nSENDER=sender@example\.net\nTZ=UTC\nUSER=env\n\Z
== lds5 x1
    set local_delivery_status_filter = fail:x
    > x1 5.3.0 bounced Command died with status 1: "exit 1"
    log fail:x lookup error for "5.3.0 Command died with status 1: "exit 1""
== lds6 x1
    set default_delivery_status_filter = regexp:{{/^5(\.3\.0.*)/ 5.9.9 other}}
    > x1 5.9.9 bounced other
== soft x1
    set soft_bounce = yes
    > x1 4.3.0 SOFTBOUNCE Command died with status 1: "exit 1"
"""


class ForwardRows(Rows):
    """.forward files: forms, owners, modes, links, loops."""
    area = "local"
    cost = 40
    maps = {
        'aliases': 'postmaster: alice\nerinal: erin\nowner-erinal: carol\nincerin: :include:@HOME@/erin/list\nbsal: \\\\erin\n',
    }
    main = """recipient_delimiter = +
default_privs = nobody
local_recipient_maps =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
"""
    flow = r"""
== empty erin
    put ~erin/.forward
    > erin 2.0.0 sent delivered to maildir
== blank erin
    put ~erin/.forward \n\n\n
    > erin 2.0.0 sent delivered to maildir
== space erin
    put ~erin/.forward   \t\n
    > erin 2.0.0 sent delivered to maildir
== comma erin
    put ~erin/.forward ,\n
    > erin 2.0.0 sent delivered to maildir
== nonl erin
    put ~erin/.forward bob
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== crlf erin
    put ~erin/.forward bob\r\ncarol\r\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== hash erin
    put ~erin/.forward # x\nbob # y\n
    > # 5.1.1 bounced unknown user: "#"
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > y 5.1.1 bounced unknown user: "y"
== hashcont erin
    put ~erin/.forward # x\n  bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== cont erin
    put ~erin/.forward bob,\n  carol\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== cont2 erin
    put ~erin/.forward "|echo a\n b"\n
    > "\s" 5.1.1 bounced unknown user: " "
    > b 5.1.1 bounced unknown user: "b"
    > erin 2.0.0 sent delivered to command: echo a
    > erin 2.0.0 sent forwarded as
== twoline erin
    put ~erin/.forward bob\ncarol,dave\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== nul erin
    put ~erin/.forward bob\x00x\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== ctl erin
    put ~erin/.forward bo\x01b\n
    > "bo?b" 5.1.1 bounced unknown user: "bo?b"
    > erin 2.0.0 sent forwarded as
== m000 erin
    put ~erin/.forward mode=000 bob\n
    > erin 2.0.0 sent delivered to maildir
    log cannot open file @HOME@/erin/.forward: Permission denied
== m200 erin
    put ~erin/.forward mode=200 bob\n
    > erin 2.0.0 sent delivered to maildir
    log cannot open file @HOME@/erin/.forward: Permission denied
== m444 erin
    put ~erin/.forward mode=444 bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== m755 erin
    put ~erin/.forward mode=755 bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== m602 erin
    put ~erin/.forward mode=602 bob\n
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is world writable
== m4644 erin
    put ~erin/.forward mode=4644 bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== ownroot erin
    put ~erin/.forward mode=644 owner=root bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== ownroot600 erin
    put ~erin/.forward mode=600 owner=root bob\n
    > erin 2.0.0 sent delivered to maildir
    log cannot open file @HOME@/erin/.forward: Permission denied
== ownother erin
    put ~erin/.forward mode=644 owner=bob bob\n
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward has bad owner uid 20002
== dangling erin
    link ~erin/.forward /no/such
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
== linkroot erin
    put out/f mode=644 owner=root bob\n
    link ~erin/.forward owner=root @DIR@/out/f
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
    file out/f mode=644 owner=root \Abob\n\Z
== linkown erin
    put out/f mode=644 owner=erin bob\n
    link ~erin/.forward owner=erin @DIR@/out/f
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
    file out/f mode=644 owner=erin \Abob\n\Z
== linkww erin
    put out/f mode=666 owner=erin bob\n
    link ~erin/.forward owner=erin @DIR@/out/f
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
    file out/f mode=666 owner=erin \Abob\n\Z
== linkdir erin
    link ~erin/.forward owner=erin /etc
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
== dir erin
    dir ~erin/.forward
    > erin 2.0.0 sent delivered to maildir
    log file @HOME@/erin/.forward is not a regular file
== extnofile erin+foo
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin+foo 2.0.0 sent forwarded as
== extfile erin+foo
    put ~erin/.forward bob\n
    put ~erin/.forward+foo carol\n
    > carol 2.0.0 sent delivered to maildir
    > erin+foo 2.0.0 sent forwarded as
    file ~erin/.forward+foo mode=644 owner=erin \Acarol\n\Z
== extonly erin
    put ~erin/.forward+foo carol\n
    > erin 2.0.0 sent delivered to maildir
    file ~erin/.forward+foo mode=644 owner=erin \Acarol\n\Z
== extother erin+bar
    put ~erin/.forward+foo carol\n
    > erin+bar 2.0.0 sent delivered to maildir
    file ~erin/.forward+foo mode=644 owner=erin \Acarol\n\Z
== exttwo erin+a+b
    put ~erin/.forward+a+b carol\n
    > carol 2.0.0 sent delivered to maildir
    > erin+a+b 2.0.0 sent forwarded as
    file ~erin/.forward+a+b mode=644 owner=erin \Acarol\n\Z
== extdots erin+..
    put ~erin/.forward bob\n
    > "erin+.." 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== exttilde erin+~x
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin+~x 2.0.0 sent forwarded as
== ext8 erin+%x
    put ~erin/.forward+%x bob\n
    put ~erin/.forward+__x carol\n
    > erin+@x 2.0.0 sent 250 2.0.0 accepted
    file ~erin/.forward+%x mode=644 owner=erin \Abob\n\Z
    file ~erin/.forward+__x mode=644 owner=erin \Acarol\n\Z
== extloop erin+foo
    put ~erin/.forward+foo erin+foo\n
    > erin+foo 2.0.0 sent delivered to maildir
    file ~erin/.forward+foo mode=644 owner=erin \Aerin\+foo\n\Z
== extself erin+foo
    put ~erin/.forward+foo erin\n
    > erin 2.0.0 sent delivered to maildir
    file ~erin/.forward+foo mode=644 owner=erin \Aerin\n\Z
== extto erin
    put ~erin/.forward erin+foo\n
    put ~erin/.forward+foo bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file ~erin/.forward+foo mode=644 owner=erin \Abob\n\Z
== chain erin
    put ~erin/.forward frank\n
    put ~frank/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > frank 2.0.0 sent forwarded as
== circle erin
    put ~erin/.forward frank\n
    put ~frank/.forward erin\n
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== circle3 erin
    put ~erin/.forward frank\n
    put ~frank/.forward dave\n
    put ~dave/.forward erin, carol\n
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent forwarded as
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
    > frank 2.0.0 sent forwarded as
== viaalias erinal
    put ~erin/.forward bob, nosuch\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erinal 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== viaal2 erin
    put ~erin/.forward erinal\n
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== bsal bsal
    put ~erin/.forward bob\n
    > erin 2.0.0 sent delivered to maildir
== selfremote erin
    put ~erin/.forward erin@x.test\n
    > erin 2.0.0 sent forwarded as
    > erin@x.test 2.0.0 sent 250 2.0.0 accepted
== selfdomain erin
    put ~erin/.forward erin@example.test, bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== bsdomain erin
    put ~erin/.forward \\erin@example.test\n
    > erin 2.0.0 sent delivered to maildir
== bsdomain2 erin
    put ~erin/.forward \\erin@x.test\n
    > erin 2.0.0 sent forwarded as
    > erin@x.test 2.0.0 sent 250 2.0.0 accepted
== dq erin
    put ~erin/.forward "bob"\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== dq2 erin
    put ~erin/.forward "bob"@example.test\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== dqpipe erin
    put ~erin/.forward "| cat > @DIR@/out/x"\n
    > erin 2.0.0 sent delivered to command:  cat > @DIR@/out/x
    file out/x mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== pipedq erin
    put ~erin/.forward |"cat > @DIR@/out/x"\n
    > erin 2.0.0 sent delivered to command: cat > @DIR@/out/x
    file out/x mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== pipesq erin
    put ~erin/.forward '|cat > @DIR@/out/x'\n
    > '|cat 5.1.1 bounced unknown user: "'|cat"
    > erin 2.0.0 sent delivered to file: @DIR@/out/x'
    > erin 2.0.0 sent forwarded as
    file out/x' mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== pipenone erin
    put ~erin/.forward |\n
    > erin 2.0.0 sent delivered to command:
== pipespace erin
    put ~erin/.forward "| "\n
    > erin 2.0.0 sent delivered to command:
== pipeenv erin+Ext
    put ~erin/.forward "|env|sort > @DIR@/out/e; id >> @DIR@/out/e; pwd >> @DIR@/out/e; umask >> @DIR@/out/e"\n
    > erin+Ext 2.0.0 sent delivered to command: env|sort > @DIR@/out/e; id >> @DIR@/out/e; pwd >> @DIR@/out/e; umask >> @DIR@/out/e
    file out/e mode=600 owner=erin \ACLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nEXTENSION=ext\nHOME=@HOME@/erin\nLANG=C\nLOCAL=erin\+ext\nLOGNAME=erin\nMAIL_CONFIG=@ETC@\nORIGINAL_RECIPIENT=erin\+Ext@example\.test\nPATH=/usr/bin:/bin\nPWD=@DIR@/queue\nRECIPIENT=erin\+Ext@example\.test\nSENDER=sender@example\.net\nSHELL=/bin/sh\nTZ=UTC\nUSER=erin\nuid=20005\(erin\) gid=20005\(erin\) groups=20005\(erin\)\n@DIR@/queue\n0077\n\Z
== pipe75 erin
    put ~erin/.forward "|exit 75", bob\n
    > erin 4.3.0 deferred temporary failure
== pipe69 erin
    put ~erin/.forward "|exit 69", bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.3.0 bounced service unavailable
== pipekill erin
    put ~erin/.forward "|kill -15 $$", bob\n
    > erin 4.3.0 deferred Command died with signal 15: "kill -15 $$"
== pipe77self erin
    put ~erin/.forward "|exit 77", \\erin\n
    > erin 2.0.0 sent delivered to maildir
    > erin 5.7.0 bounced permission denied
== file erin
    put ~erin/.forward /etc/nosuch\n
    > erin 5.2.0 bounced cannot append message to file /etc/nosuch: cannot create file exclusively: Permission denied
    log unable to create lock file /etc/nosuch.lock: Permission denied
== filehome erin
    put ~erin/.forward ~/box\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/box
    file ~erin/box mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== filerel erin
    put ~erin/.forward ./box\n
    > "./box" 5.1.1 bounced unknown user: "./box"
    > erin 2.0.0 sent forwarded as
== filedir erin
    put ~erin/.forward @DIR@/out\n
    > erin 5.2.0 bounced cannot append message to file @DIR@/out: cannot open file: Is a directory
== filedev erin
    put ~erin/.forward /dev/zero\n
    > erin 2.0.0 sent delivered to file: /dev/zero
== filetwo erin
    put ~erin/.forward ~/a, ~/b\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/a
    > erin 2.0.0 sent delivered to file: @HOME@/erin/b
    file ~erin/a mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
    file ~erin/b mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== filemd erin
    put ~erin/.forward ~/M/\n
    > erin 2.0.0 sent delivered to maildir
== filemdnew erin
    put ~erin/.forward ~/x/y/z/\n
    > erin 2.0.0 sent delivered to maildir
== filefull erin
    put ~erin/.forward /dev/full\n
    > erin 4.3.0 deferred cannot append message to file /dev/full: error writing message: No space left on device
== fileexe erin
    put ~erin/box mode=700 x\n
    put ~erin/.forward ~/box\n
    > erin 5.7.1 bounced cannot append message to file @HOME@/erin/box: file is executable
    file ~erin/box mode=700 owner=erin \Ax\n\Z
== file400 erin
    put ~erin/box mode=400 x\n
    put ~erin/.forward ~/box\n
    > erin 5.2.0 bounced cannot append message to file @HOME@/erin/box: cannot open file: Permission denied
    file ~erin/box mode=400 owner=erin \Ax\n\Z
== filelink erin
    put ~erin/real x\n
    link ~erin/box @HOME@/erin/real
    put ~erin/.forward ~/box\n
    > erin 5.2.0 bounced cannot append message to file @HOME@/erin/box: file is a symbolic link
    file ~erin/real mode=644 owner=erin \Ax\n\Z
== filelocked erin
    put ~erin/box.lock x
    put ~erin/.forward ~/box\n
    > erin 4.2.0 deferred cannot append message to file @HOME@/erin/box: unable to create lock file @HOME@/erin/box.lock: File exists
== fileother erin
    put ~erin/.forward ~bob/box\n
    > erin 5.3.5 bounced mail system configuration error
    log bad home directory syntax for: ~bob/box
== filetilde erin
    put ~erin/.forward ~nosuch/box\n
    > erin 5.3.5 bounced mail system configuration error
    log bad home directory syntax for: ~nosuch/box
== filetildebob erin
    put ~erin/.forward ~bob\n
    > erin 5.3.5 bounced mail system configuration error
    log bad home directory syntax for: ~bob
== filedotdot erin
    put ~erin/.forward ~/../bob/box\n
    > erin 5.2.0 bounced cannot append message to file @HOME@/erin/../bob/box: cannot create file exclusively: Permission denied
    log unable to create lock file @HOME@/erin/../bob/box.lock: Permission denied
== fileslash erin
    put ~erin/.forward //etc//nosuch\n
    > erin 5.2.0 bounced cannot append message to file //etc//nosuch: cannot create file exclusively: Permission denied
    log unable to create lock file //etc//nosuch.lock: Permission denied
== filespace erin
    put ~erin/.forward "@DIR@/out/a b"\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a b
== inc erin
    put ~erin/list bob\ncarol\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file ~erin/list mode=644 owner=erin \Abob\ncarol\n\Z
== inctilde erin
    put ~erin/list bob\n
    put ~erin/.forward :include:~/list\n
    > erin 5.3.5 bounced mail system configuration error
    log :include:~/list uses a relative path
    file ~erin/list mode=644 owner=erin \Abob\n\Z
== incmissing erin
    put ~erin/.forward :include:@HOME@/erin/nosuch, bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.3.5 bounced mail system configuration error
    log unable to lookup :include: file @HOME@/erin/nosuch: No such file or directory
== incloop erin
    put ~erin/l1 :include:@HOME@/erin/l2\nbob\n
    put ~erin/l2 :include:@HOME@/erin/l1\ncarol\n
    put ~erin/.forward :include:@HOME@/erin/l1\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file ~erin/l1 mode=644 owner=erin \A:include:@HOME@/erin/l2\nbob\n\Z
    file ~erin/l2 mode=644 owner=erin \A:include:@HOME@/erin/l1\ncarol\n\Z
== inc0 erin
    put ~erin/list mode=000 bob\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 5.3.5 bounced mail system configuration error
    log cannot open include file @HOME@/erin/list: Permission denied
    file ~erin/list mode=0 owner=erin \Abob\n\Z
== incww erin
    put ~erin/list mode=666 bob\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 5.3.5 bounced mail system configuration error
    log :include: file @HOME@/erin/list is world writable
    file ~erin/list mode=666 owner=erin \Abob\n\Z
== incroot erin
    put ~erin/list owner=root mode=644 "|cat > @DIR@/out/x"\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 5.7.1 bounced mail to command is restricted
    file ~erin/list mode=644 owner=root \A"\|cat > @DIR@/out/x"\n\Z
== inccmd erin
    put ~erin/list "|cat > @DIR@/out/x"\n@DIR@/out/f\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 5.7.1 bounced mail to command is restricted
    > erin 5.7.1 bounced mail to file is restricted
    file ~erin/list mode=644 owner=erin \A"\|cat > @DIR@/out/x"\n@DIR@/out/f\n\Z
== incfwd incerin
    put ~erin/list erin, bob\n
    put ~erin/.forward carol\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > incerin 2.0.0 sent forwarded as
    file ~erin/list mode=644 owner=erin \Aerin, bob\n\Z
== incq erin
    put ~erin/list bob\n
    put ~erin/.forward ":include:@HOME@/erin/list"\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file ~erin/list mode=644 owner=erin \Abob\n\Z
== incup erin
    put ~erin/list bob\n
    put ~erin/.forward :INCLUDE:@HOME@/erin/list\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file ~erin/list mode=644 owner=erin \Abob\n\Z
== set1 erin
    set forward_path = $home/.nosuch
    put ~erin/.forward bob\n
    > erin 2.0.0 sent delivered to maildir
== set2 erin
    set forward_path = @DIR@/out/$user
    put out/erin owner=erin bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    file out/erin mode=644 owner=erin \Abob\n\Z
== set3 erin
    set forward_path = @DIR@/out/$user.$nosuch
    put out/erin. owner=erin bob\n
    > erin 2.0.0 sent delivered to maildir
    file out/erin. mode=644 owner=erin \Abob\n\Z
== set5 erin
    set forward_path = relative
    > erin 2.0.0 sent delivered to maildir
== set6 erin+x
    set forward_path = @DIR@/out/$local, $home/.f${extension}
    put ~erin/.fx bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin+x 2.0.0 sent forwarded as
    file ~erin/.fx mode=644 owner=erin \Abob\n\Z
== set7 erin
    set forward_path =
    put ~erin/.forward bob\n
    > erin 2.0.0 sent delivered to maildir
== set8 ERIN
    set forward_path = $home/.$user
    put ~erin/.erin bob\n
    put ~erin/.ERIN carol\n
    > ERIN 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    file ~erin/.ERIN mode=644 owner=erin \Acarol\n\Z
    file ~erin/.erin mode=644 owner=erin \Abob\n\Z
== set9 erin
    set allow_mail_to_commands = alias
    put ~erin/.forward "|cat > @DIR@/out/x", bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.7.1 bounced mail to command is restricted
== set10 erin
    set allow_mail_to_files =
    put ~erin/.forward ~/box, bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.7.1 bounced mail to file is restricted
== set11 erin
    set propagate_unmatched_extensions =
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== set12 erin+foo
    set propagate_unmatched_extensions = forward
    put ~erin/.forward bob, bob@x.test, \\carol\n
    > bob+foo 2.0.0 sent delivered to maildir
    > bob+foo@x.test 2.0.0 sent 250 2.0.0 accepted
    > carol+foo 2.0.0 sent delivered to maildir
    > erin+foo 2.0.0 sent forwarded as
== set13 erin+foo
    set propagate_unmatched_extensions = include
    put ~erin/list bob\n
    put ~erin/.forward :include:@HOME@/erin/list, carol\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin+foo 2.0.0 sent forwarded as
    file ~erin/list mode=644 owner=erin \Abob\n\Z
== set14 erin+foo
    set recipient_delimiter = -
    put ~erin/.forward bob\n
    > erin+foo 5.1.1 bounced unknown user: "erin+foo"
== set15 erin-foo
    set recipient_delimiter = +-
    put ~erin/.forward-foo bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin-foo 2.0.0 sent forwarded as
    file ~erin/.forward-foo mode=644 owner=erin \Abob\n\Z
== set16 erin
    set require_home_directory = yes
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== set17 erin
    set frozen_delivered_to = no
    put ~erin/.forward ext@x.test\n
    > erin 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
== set18 erin
    set prepend_delivered_header = command, file
    put ~erin/.forward ext@x.test\n
    > erin 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
== set19 erin
    set prepend_delivered_header = forward
    put ~erin/.forward "|cat > @DIR@/out/x", @DIR@/out/y, \\erin\n
    > erin 2.0.0 sent delivered to command: cat > @DIR@/out/x
    > erin 2.0.0 sent delivered to file: @DIR@/out/y
    > erin 2.0.0 sent delivered to maildir
    file out/x mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
    file out/y mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== set21 erin
    set mailbox_size_limit = 20000
    set message_size_limit = 20000
    put ~erin/.forward "|head -c 100000 /dev/zero > ~/big"\n
    > erin 5.3.0 bounced Command died with status 1: "head -c
    file ~erin/big mode=600 owner=erin
== set23 erin
    set luser_relay = bob
    put ~erin/.forward nosuch\n
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== set24 erin
    set default_privs = vmail
    put ~erin/.forward ~/box\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/box
    file ~erin/box mode=600 owner=erin \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: erin@example\.test\nDelivered-To: erin@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: erin@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
"""


class VirtualRows(Rows):
    """Mailboxes of virtual(8): paths, owners, settings."""
    area = "virtual"
    cost = 30
    domain = "v.test"
    maps = {
        "vmailbox": """
box@v.test box
md@v.test md/
deep@v.test a/b/c/
deepbox@v.test a/b/box
dd@v.test ../up
ddmd@v.test ../upmd/
slash@v.test /
slashes@v.test md//
dot@v.test .
abs@v.test /abs
absmd@v.test /absmd/
sp@v.test a b
spmd@v.test a b/
link@v.test link
linkmd@v.test linkmd/
linkpart@v.test mdl/
q@v.test "box"
ext@v.test ext/
ext+x@v.test extx/
uc@v.test UC/
"quoted local"@v.test ql/
plus+plus@v.test pp/
percent@v.test 100%/
dollar@v.test $user/
null@v.test /dev/null
full@v.test full
devfull@v.test ../../../../../../../../dev/full
devnull@v.test ../../../../../../../../dev/null
folder@v.test md/.Sub/
long@v.test toolong/
""",
    }
    files = {
        'uids': 'box@v.test 20001\n@v.test 20007\n',
        're': '/^md@(.*)$/ $1/\n/^rx(.*)@/ fixed/\n',
    }
    long_texts = {"@BIG@": "x" * 19900}
    main = """recipient_delimiter = +
service_throttle_time = 1s
transport_retry_time = 1s
deliver_lock_attempts = 1
deliver_lock_delay = 1s
virtual_mailbox_domains = v.test, w.test
virtual_mailbox_base = @DIR@/vmail
virtual_mailbox_maps = @DB@:$config_directory/vmailbox
virtual_uid_maps = static:20007
virtual_gid_maps = static:20007
smtpd_reject_unlisted_recipient = no
"""
    flow = r"""
== box
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== md
    > md@v.test 2.0.0 sent delivered to maildir
== deep
    > deep@v.test 2.0.0 sent delivered to maildir
== deepbox
    > deepbox@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/a/b/box: unable to create lock file @DIR@/vmail/a/b/box.lock: No such file or directory
== dd
    > dd@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/../up: unable to create lock file @DIR@/vmail/../up.lock: Permission denied
== ddmd
    > ddmd@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/../upmd/tmp/
    log perhaps you need to create the maildirs in advance
== slash
    > slash@v.test 2.0.0 sent delivered to maildir
== slashes
    > slashes@v.test 2.0.0 sent delivered to maildir
== dot
    > dot@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/.: cannot open file: Is a directory
== abs
    > abs@v.test 2.0.0 sent delivered to mailbox
    file vmail/abs mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: abs@v\.test\nDelivered-To: abs@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: abs@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== absmd
    > absmd@v.test 2.0.0 sent delivered to maildir
== sp
    > sp@v.test 2.0.0 sent delivered to mailbox
== spmd
    > spmd@v.test 2.0.0 sent delivered to maildir
== linkmd
    dir vmail/real mode=755 owner=vmail
    link vmail/linkmd owner=vmail @DIR@/vmail/real
    > linkmd@v.test 2.0.0 sent delivered to maildir
== link
    put vmail/real mode=600 owner=vmail x\n
    link vmail/link owner=vmail @DIR@/vmail/real
    > link@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/link: file is a symbolic link
    file vmail/real mode=600 owner=vmail \Ax\n\Z
== linkroot link
    put vmail/real mode=600 owner=vmail x\n
    link vmail/link owner=root @DIR@/vmail/real
    > link@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/link: file is a symbolic link
    file vmail/real mode=600 owner=vmail \Ax\n\Z
== linkdangle link
    link vmail/link owner=vmail @DIR@/vmail/nowhere
    > link@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/link: cannot open file: No such file or directory
== linkpart
    dir vmail/mdl mode=755 owner=vmail
    dir vmail/other mode=755 owner=vmail
    link vmail/mdl/new owner=vmail @DIR@/vmail/other
    > linkpart@v.test 2.0.0 sent delivered to maildir
== linktmp linkpart
    dir vmail/mdl mode=755 owner=vmail
    dir vmail/other mode=755 owner=vmail
    link vmail/mdl/tmp owner=vmail @DIR@/vmail/other
    > linkpart@v.test 2.0.0 sent delivered to maildir
== q
    > q@v.test 2.0.0 sent delivered to mailbox
    file vmail/"box" mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: q@v\.test\nDelivered-To: q@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: q@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== ext ext+y
    > ext+y@v.test 2.0.0 sent delivered to maildir
== ext2 ext+x
    > ext+x@v.test 2.0.0 sent delivered to maildir
== ext3 ext+x+y
    > ext+x+y@v.test 2.0.0 sent delivered to maildir
== ext4 ext+
    > ext+@v.test 2.0.0 sent delivered to maildir
== uc UC
    > UC@v.test 2.0.0 sent delivered to maildir
== ql "quoted_local"
    > quoted_local@v.test 5.1.1 bounced unknown user: "quoted_local@v.test"
== plus plus+plus
    > plus+plus@v.test 2.0.0 sent delivered to maildir
== plus2 plus
    > plus@v.test 5.1.1 bounced unknown user: "plus@v.test"
== percent
    > percent@v.test 2.0.0 sent delivered to maildir
== dollar
    > dollar@v.test 2.0.0 sent delivered to maildir
== folder
    > folder@v.test 2.0.0 sent delivered to maildir
== nosuch
    > nosuch@v.test 5.1.1 bounced unknown user: "nosuch@v.test"
== dom nosuch@w.test
    > nosuch@w.test 5.1.1 bounced unknown user: "nosuch@w.test"
== case Box@V.TEST
    > Box@V.TEST 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: Box@V\.TEST\nDelivered-To: Box@V\.TEST\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Box@V\.TEST\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== mdro md
    dir vmail/md mode=500 owner=vmail
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/md/tmp/
    log perhaps you need to create the maildirs in advance
== mdroot md
    dir vmail/md mode=755 owner=root
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/md/tmp/
    log perhaps you need to create the maildirs in advance
== mdnonew md
    dir vmail/md mode=755 owner=vmail
    dir vmail/md/tmp mode=755 owner=vmail
    > md@v.test 2.0.0 sent delivered to maildir
== mdnocur md
    dir vmail/md mode=755 owner=vmail
    dir vmail/md/tmp mode=755 owner=vmail
    dir vmail/md/new mode=755 owner=vmail
    > md@v.test 2.0.0 sent delivered to maildir
== mdtmproot md
    dir vmail/md mode=755 owner=vmail
    dir vmail/md/tmp mode=755 owner=root
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/md/tmp/
    log perhaps you need to create the maildirs in advance
== mdnewroot md
    dir vmail/md mode=755 owner=vmail
    dir vmail/md/tmp mode=755 owner=vmail
    dir vmail/md/new mode=755 owner=root
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/md/new/
    log perhaps you need to create the maildirs in advance
== mdnewfile md
    dir vmail/md mode=755 owner=vmail
    put vmail/md/new mode=755 owner=vmail x
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/md/new/
    file vmail/md/new mode=755 owner=vmail \Ax\Z
== boxmode box
    put vmail/box mode=640 owner=vmail old\n
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=640 owner=vmail \Aold\nFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== boxexe box
    put vmail/box mode=700 owner=vmail old\n
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=700 owner=vmail \Aold\nFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== box0 box
    put vmail/box mode=000 owner=vmail old\n
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: cannot open file: Permission denied
    file vmail/box mode=0 owner=vmail \Aold\n\Z
== boxgid box
    put vmail/box mode=620 owner=root old\n
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: cannot open file: Permission denied
    file vmail/box mode=620 owner=root \Aold\n\Z
== boxlock0 box
    put vmail/box.lock mode=000 owner=root
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: unable to create lock file @DIR@/vmail/box.lock: File exists
== boxdir box
    dir vmail/box owner=root
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: cannot open file: Is a directory
== hdr md sender="a_b"@x.y headers=Delivered-To:_x@y
    > md@v.test 2.0.0 sent delivered to maildir
== hdr2 box sender= body=From_x\n>From_y\nlast
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=vmail
== hdr3 md sender=Foo@EXAMPLE.net
    > md@v.test 2.0.0 sent delivered to maildir
== uid1 box
    set virtual_uid_maps = texthash:@ETC@/uids
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=alice \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== uid2 md
    set virtual_uid_maps = texthash:@ETC@/uids
    > md@v.test 2.0.0 sent delivered to maildir
== uid3 md
    set virtual_uid_maps = static:0x4e27
    > md@v.test 4.3.5 deferred mail system configuration error
    log recipient md@v.test: bad uid 0x4e27 in virtual_uid_maps
== uid4 md
    set virtual_uid_maps = static:020007
    > md@v.test 2.0.0 sent delivered to maildir
== uid8 md
    set virtual_uid_maps = static:100
    > md@v.test 2.0.0 sent delivered to maildir
== uid9 md
    set virtual_uid_maps = regexp:{{/^(.*)@/ 20007}}
    > md@v.test 2.0.0 sent delivered to maildir
== gid1 md
    set virtual_gid_maps = static:1
    > md@v.test 2.0.0 sent delivered to maildir
== gid2 md
    set virtual_gid_maps = static:-5
    > md@v.test 4.3.5 deferred mail system configuration error
    log recipient md@v.test: bad gid -5 in virtual_gid_maps
== gid4 md
    set virtual_gid_maps = inline:{{box@v.test=20007}}
    > md@v.test 4.3.5 deferred mail system configuration error
    log recipient md@v.test: not found in virtual_gid_maps
== min1 md
    set virtual_minimum_uid = 20007
    > md@v.test 2.0.0 sent delivered to maildir
== min2 md
    set virtual_minimum_uid = 20008
    > md@v.test 4.3.5 deferred mail system configuration error
    log recipient md@v.test: bad uid 20007 in virtual_uid_maps
== map3 md
    set virtual_mailbox_maps = regexp:@ETC@/re
    > md@v.test 5.1.1 bounced unknown user: "md@v.test"
    log regexp map @ETC@/re, line 1: regular expression substitution is not allowed: skipping this rule
== map4 rxfoo
    set virtual_mailbox_maps = regexp:@ETC@/re
    > rxfoo@v.test 2.0.0 sent delivered to maildir
    log regexp map @ETC@/re, line 1: regular expression substitution is not allowed: skipping this rule
== map5 md
    set virtual_mailbox_maps = inline:{{@v.test=any}}, inline:{{md@v.test=late/}}
    > md@v.test 2.0.0 sent delivered to maildir
== map6 md+x
    set virtual_mailbox_maps = inline:{{md=bare/}}, inline:{{@v.test=any/}}
    > md+x@v.test 2.0.0 sent delivered to maildir
== map8 md
    set virtual_mailbox_maps = proxy:@DB@:@ETC@/vmailbox
    > md@v.test 2.0.0 sent delivered to maildir
== lock1 box
    set virtual_mailbox_lock = fcntl
    put vmail/box.lock mode=600 owner=vmail x
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== lock2 box
    set virtual_mailbox_lock = flock
    put vmail/box.lock mode=600 owner=vmail x
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== lock3 box
    set virtual_mailbox_lock = dotlock
    put vmail/box.lock mode=600 owner=vmail x
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/box: unable to create lock file @DIR@/vmail/box.lock: File exists
== lim1 box
    set virtual_mailbox_limit = 20000
    set message_size_limit = 20000
    put vmail/box mode=600 owner=vmail @BIG@
    > box@v.test 5.2.2 bounced delivery failed to mailbox @DIR@/vmail/box: error writing message: File too large
    file vmail/box mode=600 owner=vmail
== lim3 devnull
    set virtual_mailbox_limit = 20000
    set message_size_limit = 20000
    > devnull@v.test 5.3.5 bounced delivery failed to mailbox @DIR@/vmail/../../../../../../../../dev/null: mail system configuration error
    log recipient devnull@v.test: destination @DIR@/vmail/../../../../../../../../dev/null is not a regular file
== own1 box
    set strict_mailbox_ownership = no
    put vmail/box mode=666 owner=bob x\n
    > box@v.test 2.0.0 sent delivered to mailbox
    file vmail/box mode=666 owner=bob \Ax\nFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@v\.test\nDelivered-To: box@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: box@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== base1 md
    set virtual_mailbox_base = @DIR@/nobase
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/nobase/md/tmp/
    log perhaps you need to create the maildirs in advance
== base2 box
    set virtual_mailbox_base = @DIR@/nobase
    > box@v.test 4.2.0 deferred delivery failed to mailbox @DIR@/nobase/box: unable to create lock file @DIR@/nobase/box.lock: No such file or directory
== base4 md
    set virtual_mailbox_base = /
    > md@v.test 4.2.0 deferred maildir delivery failed: create maildir file //md/tmp/
    log perhaps you need to create the maildirs in advance
== filt1 md
    set virtual_delivery_status_filter = regexp:{{/^2(.*)/ 2.9.9 fine}}
    > md@v.test 2.9.9 sent fine
== filt2 nosuch
    set virtual_delivery_status_filter = regexp:{{/^5(.*)/ 4$1}}
    > nosuch@v.test 5.1.1 bounced unknown user: "nosuch@v.test"
    log virtual_delivery_status_filter: bad status code: 4
== orig1 md
    set enable_original_recipient = no
    > md@v.test 2.0.0 sent delivered to maildir
== tr1 md@x.test
    set transport_maps = inline:{{x.test=virtual}}
    > md@x.test 5.1.1 bounced unknown user: "md@x.test"
== tr2 md@v.test
    set transport_maps = inline:{{v.test=local}}
    > md@v.test 5.1.1 bounced unknown user: "md"
"""


# Services: name, attributes, command.
SERVICES = (
    ('n1', 'user=vmail', ' argv=@ETC@/save.sh'),
    ('fB', 'flags=B user=vmail', ' argv=@ETC@/save.sh'),
    ('fD', 'flags=D user=vmail', ' argv=@ETC@/save.sh'),
    ('fF', 'flags=F user=vmail', ' argv=@ETC@/save.sh'),
    ('fO', 'flags=O user=vmail', ' argv=@ETC@/save.sh'),
    ('fR', 'flags=R user=vmail', ' argv=@ETC@/save.sh'),
    ('fX', 'flags=X user=vmail', ' argv=@ETC@/save.sh'),
    ('fdot', 'flags=. user=vmail', ' argv=@ETC@/save.sh'),
    ('fgt', 'flags=> user=vmail', ' argv=@ETC@/save.sh'),
    ('fq', 'flags=q user=vmail', ' argv=@ETC@/args.sh $sender $recipient $original_recipient $user $mailbox $extension $domain $nexthop'),
    ('fqh', 'flags=qh user=vmail', ' argv=@ETC@/args.sh $sender $recipient $original_recipient $user $mailbox $extension $domain $nexthop'),
    ('fu', 'flags=u user=vmail', ' argv=@ETC@/args.sh $sender $recipient $original_recipient $user $mailbox $extension $domain $nexthop'),
    ('fno', 'user=vmail', ' argv=@ETC@/args.sh $sender $recipient $original_recipient $user $mailbox $extension $domain $nexthop'),
    ('fall', 'flags=BDFORXhqu.> user=vmail', ' argv=@ETC@/save.sh'),
    ('forder', 'flags=RODF user=vmail', ' argv=@ETC@/save.sh'),
    ('eol1', 'flags=FR user=vmail eol=\\r\\n', ' argv=@ETC@/save.sh'),
    ('eol2', 'user=vmail eol=\\n\\n', ' argv=@ETC@/save.sh'),
    ('eol3', 'user=vmail eol=\\0', ' argv=@ETC@/save.sh'),
    ('eol4', 'user=vmail eol=', ' argv=@ETC@/save.sh'),
    ('eol5', 'user=vmail eol=\\101', ' argv=@ETC@/save.sh'),
    ('dotq', 'flags=.>B user=vmail eol=\\r\\n', ' argv=@ETC@/save.sh'),
    ('ns1', 'flags=FR user=vmail null_sender=x@y', ' argv=@ETC@/args.sh $sender'),
    ('ns2', 'flags=FR user=vmail null_sender=', ' argv=@ETC@/save.sh'),
    ('ns3', 'flags=q user=vmail null_sender=<>', ' argv=@ETC@/args.sh $sender'),
    ('sz1', 'user=vmail size=100', ' argv=@ETC@/save.sh'),
    ('sz2', 'user=vmail size=0', ' argv=@ETC@/save.sh'),
    ('sz6', 'user=vmail size=100000000000', ' argv=@ETC@/save.sh'),
    ('us10', 'user=vmail:', ' argv=@ETC@/args.sh id'),
    ('us11', 'user=vmail:mail', ' argv=@ETC@/args.sh id'),
    ('brace2', 'user=vmail {null_sender=a b}', ' argv=@ETC@/args.sh $sender {$sender x} { $recipient y }'),
    ('dir1', 'user=vmail directory=/tmp', ' argv=pwd'),
    ('dir2', 'user=vmail directory=/root', ' argv=pwd'),
    ('dir3', 'user=vmail directory=relative', ' argv=pwd'),
    ('dir4', 'user=vmail directory=@ETC@/save.sh', ' argv=pwd'),
    ('chr1', 'user=vmail chroot=/no/such', ' argv=pwd'),
    ('chr2', 'user=vmail chroot=/', ' argv=pwd'),
    ('chr3', 'user=vmail chroot=/ directory=/usr', ' argv=pwd'),
    ('mac1', 'user=vmail', ' argv=@ETC@/args.sh ${sender} ${recipient}x x${recipient} $(sender) $sender$recipient $$ $$x'),
    ('mac2', 'user=vmail', ' argv=@ETC@/args.sh $client_address $client_helo $client_hostname $client_port $client_protocol $sasl_method $sasl_username $sasl_sender $size'),
    ('mac3', 'user=vmail', ' argv=@ETC@/args.sh ${extension?{yes}:{no}} ${extension?yes} ${extension:no} ${extension}'),
    ('mac4', 'user=vmail', ' argv=@ETC@/args.sh $mailbox@$domain $user $nexthop'),
    ('mac5', 'user=vmail', ' argv=@ETC@/args.sh $'),
    ('mac6', 'user=vmail', ' argv=@ETC@/args.sh $;'),
    ('mac7', 'user=vmail', ' argv=@ETC@/args.sh ${sender'),
    ('mac8', 'user=vmail', ' argv=@ETC@/args.sh $RECIPIENT'),
    ('mac9', 'user=vmail', ' argv=@ETC@/args.sh $queue_idx'),
    ('mac10', 'user=vmail', ' argv=@ETC@/args.sh -f$sender -- $recipient -- $user'),
    ('mac11', 'user=vmail', ' argv=@ETC@/args.sh $original_recipient'),
    ('sigi', 'user=vmail', ' argv=@ETC@/sigs.sh'),
    ('fds', 'user=vmail', ' argv=@ETC@/fds.sh'),
    ('o1', 'user=vmail', ' argv=@ETC@/out.sh'),
    ('noread', 'user=vmail', ' argv=@ETC@/noread.sh'),
    ('bg', 'user=vmail', ' argv=@ETC@/bg.sh'),
    ('big', 'user=vmail', ' argv=@ETC@/big.sh'),
    ('lead', 'user=vmail', ' argv=@ETC@/lead.sh'),
    ('shpath', 'user=vmail', ' argv=sh -c {echo hi there >&2; exit 69}'),
    ('rel', 'user=vmail', ' argv=./save.sh'),
    ('rel2', 'user=vmail', ' argv=bin/true'),
    ('dirx', 'user=vmail', ' argv=/etc'),
    ('k15', 'user=vmail', ' argv=@ETC@/k.sh 15'),
    ('k11', 'user=vmail', ' argv=@ETC@/k.sh 11'),
    ('k13', 'user=vmail', ' argv=@ETC@/k.sh 13'),
    ('x0', 'user=vmail', ' argv=@ETC@/ex.sh 0'),
    ('x1', 'user=vmail', ' argv=@ETC@/ex.sh 1'),
    ('x2', 'user=vmail', ' argv=@ETC@/ex.sh 2'),
    ('x63', 'user=vmail', ' argv=@ETC@/ex.sh 63'),
    ('x66', 'user=vmail', ' argv=@ETC@/ex.sh 66'),
    ('x68', 'user=vmail', ' argv=@ETC@/ex.sh 68'),
    ('x70', 'user=vmail', ' argv=@ETC@/ex.sh 70'),
    ('x72', 'user=vmail', ' argv=@ETC@/ex.sh 72'),
    ('x74', 'user=vmail', ' argv=@ETC@/ex.sh 74'),
    ('x79', 'user=vmail', ' argv=@ETC@/ex.sh 79'),
    ('x80', 'user=vmail', ' argv=@ETC@/ex.sh 80'),
    ('x126', 'user=vmail', ' argv=@ETC@/ex.sh 126'),
    ('x127', 'user=vmail', ' argv=@ETC@/ex.sh 127'),
    ('x128', 'user=vmail', ' argv=@ETC@/ex.sh 128'),
    ('x255', 'user=vmail', ' argv=@ETC@/ex.sh 255'),
    ('y0', 'user=vmail', ' argv=@ETC@/exo.sh 0'),
    ('y1', 'user=vmail', ' argv=@ETC@/exo.sh 1'),
    ('y66', 'user=vmail', ' argv=@ETC@/exo.sh 66'),
    ('y68', 'user=vmail', ' argv=@ETC@/exo.sh 68'),
    ('y70', 'user=vmail', ' argv=@ETC@/exo.sh 70'),
    ('y72', 'user=vmail', ' argv=@ETC@/exo.sh 72'),
    ('y74', 'user=vmail', ' argv=@ETC@/exo.sh 74'),
    ('y126', 'user=vmail', ' argv=@ETC@/exo.sh 126'),
    ('y127', 'user=vmail', ' argv=@ETC@/exo.sh 127'),
)


class PipeRows(Rows):
    """Services of pipe(8): flags, macros, ends of commands."""
    area = "pipe"
    cost = 40
    maps = {"transport": "".join("%s.p.test %s:Hop.%s\n" % (n.lower(), n, n) for n, _, _ in SERVICES)}
    master = "".join("%s unix - n n - - pipe\n  %s%s\n" % row for row in SERVICES)
    files = {
        'save.sh': '#!/bin/sh\ncat > @DIR@/out/save\n',
        'args.sh': '#!/bin/sh\ncat >/dev/null\n(for a in "$@"; do echo "[$a]"; done; id) > @DIR@/out/args\n',
        'ex.sh': '#!/bin/sh\nexit $1\n',
        'exo.sh': '#!/bin/sh\necho some words\nexit $1\n',
        'k.sh': '#!/bin/sh\nkill -$1 $$\n',
        'sigs.sh': '#!/bin/sh\ngrep Sig[IB] /proc/self/status > @DIR@/out/s; ulimit -f >> @DIR@/out/s; ulimit -c >> @DIR@/out/s; umask >> @DIR@/out/s; id >> @DIR@/out/s; pwd >> @DIR@/out/s\n',
        'fds.sh': '#!/bin/sh\nls /proc/self/fd > @DIR@/out/fds; env | sort >> @DIR@/out/fds\n',
        'out.sh': "#!/bin/sh\nprintf 'a\\nb\\tc\\n\\n5.1.1 x'; exit 1\n",
        'noread.sh': '#!/bin/sh\nexec <&-; exit 0\n',
        'bg.sh': '#!/bin/sh\nsleep 1 >/dev/null 2>&1 </dev/null & exit 0\n',
        'big.sh': "#!/bin/sh\nhead -c 20000 /dev/zero | tr '\\0' y; exit 1\n",
        'lead.sh': "#!/bin/sh\necho; echo '  5.1.1 x'; exit 1\n",
    }
    main = """recipient_delimiter = +
service_throttle_time = 1s
transport_retry_time = 1s
transport_maps = @DB@:$config_directory/transport
smtpd_reject_unlisted_recipient = no
fD_destination_recipient_limit = 1
fall_destination_recipient_limit = 1
forder_destination_recipient_limit = 1
"""
    flow = r"""
== n1 Us.Er+Ext@n1.P.test
    > Us.Er+Ext@n1.P.test 2.0.0 sent delivered via n1 service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@n1\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fB Us.Er+Ext@fB.P.test
    > Us.Er+Ext@fB.P.test 2.0.0 sent delivered via fB service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fB\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== fD Us.Er+Ext@fD.P.test
    > Us.Er+Ext@fD.P.test 2.0.0 sent delivered via fD service
    file out/save mode=600 owner=vmail \ADelivered-To: Us\.Er\+Ext@fD\.P\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fD\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fF Us.Er+Ext@fF.P.test
    > Us.Er+Ext@fF.P.test 2.0.0 sent delivered via fF service
    file out/save mode=600 owner=vmail \AFrom sender@example\.net  .*\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fF\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fO Us.Er+Ext@fO.P.test
    > Us.Er+Ext@fO.P.test 2.0.0 sent delivered via fO service
    file out/save mode=600 owner=vmail \AX-Original-To: Us\.Er\+Ext@fO\.P\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fO\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fR Us.Er+Ext@fR.P.test
    > Us.Er+Ext@fR.P.test 2.0.0 sent delivered via fR service
    file out/save mode=600 owner=vmail \AReturn-Path: <sender@example\.net>\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fR\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fX Us.Er+Ext@fX.P.test
    > Us.Er+Ext@fX.P.test 2.0.0 sent delivered via fX service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fX\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fdot Us.Er+Ext@fdot.P.test
    > Us.Er+Ext@fdot.P.test 2.0.0 sent delivered via fdot service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fdot\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fgt Us.Er+Ext@fgt.P.test
    > Us.Er+Ext@fgt.P.test 2.0.0 sent delivered via fgt service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fgt\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== fq Us.Er+Ext@fq.P.test
    > Us.Er+Ext@fq.P.test 2.0.0 sent delivered via fq service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[Us\.Er\+Ext@fq\.P\.test\]\n\[Us\.Er\+Ext@fq\.P\.test\]\n\[Us\.Er\]\n\[Us\.Er\+Ext\]\n\[Ext\]\n\[fq\.P\.test\]\n\[Hop\.fq\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== fqh Us.Er+Ext@fqh.P.test
    > Us.Er+Ext@fqh.P.test 2.0.0 sent delivered via fqh service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[Us\.Er\+Ext@fqh\.p\.test\]\n\[Us\.Er\+Ext@fqh\.p\.test\]\n\[Us\.Er\]\n\[Us\.Er\+Ext\]\n\[Ext\]\n\[fqh\.p\.test\]\n\[hop\.fqh\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== fu Us.Er+Ext@fu.P.test
    > Us.Er+Ext@fu.P.test 2.0.0 sent delivered via fu service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[us\.er\+ext@fu\.P\.test\]\n\[us\.er\+ext@fu\.P\.test\]\n\[us\.er\]\n\[us\.er\+ext\]\n\[ext\]\n\[fu\.P\.test\]\n\[Hop\.fu\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== fno Us.Er+Ext@fno.P.test
    > Us.Er+Ext@fno.P.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[Us\.Er\+Ext@fno\.P\.test\]\n\[Us\.Er\+Ext@fno\.P\.test\]\n\[Us\.Er\]\n\[Us\.Er\+Ext\]\n\[Ext\]\n\[fno\.P\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== fall Us.Er+Ext@fall.P.test
    > Us.Er+Ext@fall.P.test 2.0.0 sent delivered via fall service
    file out/save mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: Us\.Er\+Ext@fall\.P\.test\nDelivered-To: Us\.Er\+Ext@fall\.P\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@fall\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== forder Us.Er+Ext@forder.P.test
    > Us.Er+Ext@forder.P.test 2.0.0 sent delivered via forder service
    file out/save mode=600 owner=vmail \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: Us\.Er\+Ext@forder\.P\.test\nDelivered-To: Us\.Er\+Ext@forder\.P\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@forder\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== eol1 Us.Er+Ext@eol1.P.test
    > Us.Er+Ext@eol1.P.test 2.0.0 sent delivered via eol1 service
    file out/save mode=600 owner=vmail \AFrom sender@example\.net  .*\r\nReturn-Path: <sender@example\.net>\r\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\r\nTo: Us\.Er\+Ext@eol1\.P\.test\r\nSubject: $T\r\nMessage-Id: <\S+@mx\.example\.test>\r\nDate: .*\r\n\r\n$T\r\n\Z
== eol2 Us.Er+Ext@eol2.P.test
    > Us.Er+Ext@eol2.P.test 2.0.0 sent delivered via eol2 service
    file out/save mode=600 owner=vmail
== dotq Us.Er+Ext@dotq.P.test
    > Us.Er+Ext@dotq.P.test 2.0.0 sent delivered via dotq service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\r\nTo: Us\.Er\+Ext@dotq\.P\.test\r\nSubject: $T\r\nMessage-Id: <\S+@mx\.example\.test>\r\nDate: .*\r\n\r\n$T\r\n\r\n\Z
== ns1 Us.Er+Ext@ns1.P.test sender=
    > Us.Er+Ext@ns1.P.test 2.0.0 sent delivered via ns1 service
    file out/args mode=600 owner=vmail \A\[x@y\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== ns2 Us.Er+Ext@ns2.P.test sender=
    > Us.Er+Ext@ns2.P.test 2.0.0 sent delivered via ns2 service
    file out/save mode=600 owner=vmail \AFrom MAILER-DAEMON  .*\nReturn-Path: <>\nReceived: .*\n(?:[ \t].*\n)+From: MAILER-DAEMON@example\.test\nTo: Us\.Er\+Ext@ns2\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== ns3 Us.Er+Ext@ns3.P.test sender=
    > Us.Er+Ext@ns3.P.test 2.0.0 sent delivered via ns3 service
    file out/args mode=600 owner=vmail \A\["<>"\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== sz1 Us.Er+Ext@sz1.P.test
    > Us.Er+Ext@sz1.P.test 5.2.3 bounced message too large
== sz2 Us.Er+Ext@sz2.P.test
    > Us.Er+Ext@sz2.P.test 2.0.0 sent delivered via sz2 service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@sz2\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== sz6 Us.Er+Ext@sz6.P.test
    > Us.Er+Ext@sz6.P.test 2.0.0 sent delivered via sz6 service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: Us\.Er\+Ext@sz6\.P\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== us10 Us.Er+Ext@us10.P.test
    > Us.Er+Ext@us10.P.test 2.0.0 sent delivered via us10 service
    file out/args mode=600 owner=vmail \A\[id\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== us11 Us.Er+Ext@us11.P.test
    > Us.Er+Ext@us11.P.test 2.0.0 sent delivered via us11 service
    file out/args mode=600 owner=vmail \A\[id\]\nuid=20007\(vmail\) gid=8\(mail\) groups=8\(mail\)\n\Z
== brace2 Us.Er+Ext@brace2.P.test
    > Us.Er+Ext@brace2.P.test 2.0.0 sent delivered via brace2 service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[sender@example\.net x\]\n\[Us\.Er\+Ext@brace2\.P\.test y\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== dir1 Us.Er+Ext@dir1.P.test
    > Us.Er+Ext@dir1.P.test 2.0.0 sent delivered via dir1 service (/tmp)
== dir2 Us.Er+Ext@dir2.P.test
    > Us.Er+Ext@dir2.P.test 4.3.0 deferred temporary failure
    log fatal: cannot change directory to "/root" for uid=20007 gid=20007: Permission denied
== dir3 Us.Er+Ext@dir3.P.test
    > Us.Er+Ext@dir3.P.test 4.3.0 deferred temporary failure
    log fatal: cannot change directory to "relative" for uid=20007 gid=20007: No such file or directory
== dir4 Us.Er+Ext@dir4.P.test
    > Us.Er+Ext@dir4.P.test 4.3.0 deferred temporary failure
    log fatal: cannot change directory to "@ETC@/save.sh" for uid=20007 gid=20007: Not a directory
== chr1 Us.Er+Ext@chr1.P.test
    > Us.Er+Ext@chr1.P.test 4.3.0 deferred temporary failure
    log fatal: chroot(/no/such): No such file or directory
== chr2 Us.Er+Ext@chr2.P.test
    > Us.Er+Ext@chr2.P.test 2.0.0 sent delivered via chr2 service (/)
== chr3 Us.Er+Ext@chr3.P.test
    > Us.Er+Ext@chr3.P.test 2.0.0 sent delivered via chr3 service (/usr)
== mac1 Us.Er+Ext@mac1.P.test
    > Us.Er+Ext@mac1.P.test 2.0.0 sent delivered via mac1 service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[Us\.Er\+Ext@mac1\.P\.testx\]\n\[xUs\.Er\+Ext@mac1\.P\.test\]\n\[sender@example\.net\]\n\[sender@example\.netUs\.Er\+Ext@mac1\.P\.test\]\n\[\$\]\n\[\$x\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== mac4 Us.Er+Ext@mac4.P.test
    > Us.Er+Ext@mac4.P.test 2.0.0 sent delivered via mac4 service
    file out/args mode=600 owner=vmail \A\[Us\.Er\+Ext@mac4\.P\.test\]\n\[Us\.Er\]\n\[Hop\.mac4\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== mac5 Us.Er+Ext@mac5.P.test
    > Us.Er+Ext@mac5.P.test 4.3.5 deferred mail system configuration error
== mac6 Us.Er+Ext@mac6.P.test
    > Us.Er+Ext@mac6.P.test 4.3.5 deferred mail system configuration error
== mac7 Us.Er+Ext@mac7.P.test
    > Us.Er+Ext@mac7.P.test 4.3.5 deferred mail system configuration error
== mac8 Us.Er+Ext@mac8.P.test
    > Us.Er+Ext@mac8.P.test 4.3.5 deferred mail system configuration error
== mac9 Us.Er+Ext@mac9.P.test
    > Us.Er+Ext@mac9.P.test 4.3.5 deferred mail system configuration error
== mac10 Us.Er+Ext@mac10.P.test
    > Us.Er+Ext@mac10.P.test 2.0.0 sent delivered via mac10 service
    file out/args mode=600 owner=vmail \A\[-fsender@example\.net\]\n\[--\]\n\[Us\.Er\+Ext@mac10\.P\.test\]\n\[--\]\n\[Us\.Er\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== mac11 Us.Er+Ext@mac11.P.test
    > Us.Er+Ext@mac11.P.test 2.0.0 sent delivered via mac11 service
    file out/args mode=600 owner=vmail \A\[Us\.Er\+Ext@mac11\.P\.test\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== o1 Us.Er+Ext@o1.P.test
    > Us.Er+Ext@o1.P.test 5.3.0 bounced Command died with status 1: "@ETC@/out.sh". Command output: a b c  5.1.1 x
== noread Us.Er+Ext@noread.P.test
    > Us.Er+Ext@noread.P.test 2.0.0 sent delivered via noread service
== lead Us.Er+Ext@lead.P.test
    > Us.Er+Ext@lead.P.test 5.3.0 bounced Command died with status 1: "@ETC@/lead.sh". Command output:    5.1.1 x
== shpath Us.Er+Ext@shpath.P.test
    > Us.Er+Ext@shpath.P.test 5.3.0 bounced service unavailable. Command output: hi there
== rel Us.Er+Ext@rel.P.test
    > Us.Er+Ext@rel.P.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp ./save.sh: No such file or directory
    log fatal: pipe_command: execvp ./save.sh: No such file or directory
== rel2 Us.Er+Ext@rel2.P.test
    > Us.Er+Ext@rel2.P.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp bin/true: No such file or directory
    log fatal: pipe_command: execvp bin/true: No such file or directory
== dirx Us.Er+Ext@dirx.P.test
    > Us.Er+Ext@dirx.P.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp /etc: Permission denied
    log fatal: pipe_command: execvp /etc: Permission denied
== k15 Us.Er+Ext@k15.P.test
    > Us.Er+Ext@k15.P.test 4.3.0 deferred Command died with signal 15: "@ETC@/k.sh"
== k11 Us.Er+Ext@k11.P.test
    > Us.Er+Ext@k11.P.test 4.3.0 deferred Command died with signal 11: "@ETC@/k.sh"
== k13 Us.Er+Ext@k13.P.test
    > Us.Er+Ext@k13.P.test 2.0.0 sent delivered via k13 service
== x0 Us.Er+Ext@x0.P.test
    > Us.Er+Ext@x0.P.test 2.0.0 sent delivered via x0 service
== x1 Us.Er+Ext@x1.P.test
    > Us.Er+Ext@x1.P.test 5.3.0 bounced Command died with status 1: "@ETC@/ex.sh"
== x2 Us.Er+Ext@x2.P.test
    > Us.Er+Ext@x2.P.test 5.3.0 bounced Command died with status 2: "@ETC@/ex.sh"
== x63 Us.Er+Ext@x63.P.test
    > Us.Er+Ext@x63.P.test 5.3.0 bounced Command died with status 63: "@ETC@/ex.sh"
== x66 Us.Er+Ext@x66.P.test
    > Us.Er+Ext@x66.P.test 5.3.0 bounced cannot open input
== x68 Us.Er+Ext@x68.P.test
    > Us.Er+Ext@x68.P.test 5.1.2 bounced host name unknown
== x70 Us.Er+Ext@x70.P.test
    > Us.Er+Ext@x70.P.test 5.3.0 bounced internal software error
== x72 Us.Er+Ext@x72.P.test
    > Us.Er+Ext@x72.P.test 5.3.0 bounced critical OS file missing
== x74 Us.Er+Ext@x74.P.test
    > Us.Er+Ext@x74.P.test 5.3.0 bounced input/output error
== x79 Us.Er+Ext@x79.P.test
    > Us.Er+Ext@x79.P.test 5.3.0 bounced Command died with status 79: "@ETC@/ex.sh"
== x80 Us.Er+Ext@x80.P.test
    > Us.Er+Ext@x80.P.test 5.3.0 bounced Command died with status 80: "@ETC@/ex.sh"
== x126 Us.Er+Ext@x126.P.test
    > Us.Er+Ext@x126.P.test 5.3.0 bounced Command died with status 126: "@ETC@/ex.sh"
== x127 Us.Er+Ext@x127.P.test
    > Us.Er+Ext@x127.P.test 5.3.0 bounced Command died with status 127: "@ETC@/ex.sh"
== x128 Us.Er+Ext@x128.P.test
    > Us.Er+Ext@x128.P.test 5.3.0 bounced Command died with status 128: "@ETC@/ex.sh"
== x255 Us.Er+Ext@x255.P.test
    > Us.Er+Ext@x255.P.test 5.3.0 bounced Command died with status 255: "@ETC@/ex.sh"
== y0 Us.Er+Ext@y0.P.test
    > Us.Er+Ext@y0.P.test 2.0.0 sent delivered via y0 service (some words)
== y1 Us.Er+Ext@y1.P.test
    > Us.Er+Ext@y1.P.test 5.3.0 bounced Command died with status 1: "@ETC@/exo.sh". Command output: some words
== y66 Us.Er+Ext@y66.P.test
    > Us.Er+Ext@y66.P.test 5.3.0 bounced cannot open input. Command output: some words
== y68 Us.Er+Ext@y68.P.test
    > Us.Er+Ext@y68.P.test 5.1.2 bounced host name unknown. Command output: some words
== y70 Us.Er+Ext@y70.P.test
    > Us.Er+Ext@y70.P.test 5.3.0 bounced internal software error. Command output: some words
== y72 Us.Er+Ext@y72.P.test
    > Us.Er+Ext@y72.P.test 5.3.0 bounced critical OS file missing. Command output: some words
== y74 Us.Er+Ext@y74.P.test
    > Us.Er+Ext@y74.P.test 5.3.0 bounced input/output error. Command output: some words
== y126 Us.Er+Ext@y126.P.test
    > Us.Er+Ext@y126.P.test 5.3.0 bounced Command died with status 126: "@ETC@/exo.sh". Command output: some words
== y127 Us.Er+Ext@y127.P.test
    > Us.Er+Ext@y127.P.test 5.3.0 bounced Command died with status 127: "@ETC@/exo.sh". Command output: some words
== body1 a@fdot.p.test body=.\n..\n.x\nFrom_y\n
    > a@fdot.p.test 2.0.0 sent delivered via fdot service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@fdot\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n\.\.\n\.\.\.\n\.\.x\nFrom_y\n$T\n\Z
== body2 a@fgt.p.test body=.\nFrom_me\n>From_me\n
    > a@fgt.p.test 2.0.0 sent delivered via fgt service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@fgt\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n\.\nFrom_me\n>From_me\n$T\n\Z
== spec1 "a_b"@fno.p.test
    > a_b@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a_b@fno\.p\.test\]\n\[a_b@fno\.p\.test\]\n\[a_b\]\n\[a_b\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec2 "a\"b"@fno.p.test
    > "a\"b"@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a"b@fno\.p\.test\]\n\[a"b@fno\.p\.test\]\n\[a"b\]\n\[a"b\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec4 "a(b)<c>"@fq.p.test
    > "a(b)<c>"@fq.p.test 2.0.0 sent delivered via fq service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\["a\(b\)<c>"@fq\.p\.test\]\n\["a\(b\)<c>"@fq\.p\.test\]\n\[a\(b\)<c>\]\n\[a\(b\)<c>\]\n\[\]\n\[fq\.p\.test\]\n\[Hop\.fq\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec5 "a@b"@fq.p.test
    > "a@b"@fq.p.test 2.0.0 sent delivered via fq service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\["a@b"@fq\.p\.test\]\n\["a@b"@fq\.p\.test\]\n\[a@b\]\n\[a@b\]\n\[\]\n\[fq\.p\.test\]\n\[Hop\.fq\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec6 "a_b+c_d"@fq.p.test
    > a_b+c_d@fq.p.test 2.0.0 sent delivered via fq service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a_b\+c_d@fq\.p\.test\]\n\[a_b\+c_d@fq\.p\.test\]\n\[a_b\]\n\[a_b\+c_d\]\n\[c_d\]\n\[fq\.p\.test\]\n\[Hop\.fq\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec9 a+@fno.p.test
    > a+@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a\+@fno\.p\.test\]\n\[a\+@fno\.p\.test\]\n\[a\]\n\[a\+\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec10 +a@fno.p.test
    > +a@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[\+a@fno\.p\.test\]\n\[\+a@fno\.p\.test\]\n\[\+a\]\n\[\+a\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec11 a+b+c@fno.p.test
    > a+b+c@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a\+b\+c@fno\.p\.test\]\n\[a\+b\+c@fno\.p\.test\]\n\[a\]\n\[a\+b\+c\]\n\[b\+c\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec12 {a}@fno.p.test
    > {a}@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[\{a\}@fno\.p\.test\]\n\[\{a\}@fno\.p\.test\]\n\[\{a\}\]\n\[\{a\}\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec13 a%b@fno.p.test
    > a%b@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a%b@fno\.p\.test\]\n\[a%b@fno\.p\.test\]\n\[a%b\]\n\[a%b\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec14 a@fq.p.test sender="x_y"@example.net
    > a@fq.p.test 2.0.0 sent delivered via fq service
    file out/args mode=600 owner=vmail \A\[x_y@example\.net\]\n\[a@fq\.p\.test\]\n\[a@fq\.p\.test\]\n\[a\]\n\[a\]\n\[\]\n\[fq\.p\.test\]\n\[Hop\.fq\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec15 a@fno.p.test sender="x_y"@example.net
    > a@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[x_y@example\.net\]\n\[a@fno\.p\.test\]\n\[a@fno\.p\.test\]\n\[a\]\n\[a\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec16 A@fu.p.test sender=Foo@Example.NET
    > A@fu.p.test 2.0.0 sent delivered via fu service
    file out/args mode=600 owner=vmail \A\[Foo@Example\.NET\]\n\[a@fu\.p\.test\]\n\[a@fu\.p\.test\]\n\[a\]\n\[a\]\n\[\]\n\[fu\.p\.test\]\n\[Hop\.fu\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== spec17 a@fF.p.test sender="x_y"@example.net
    > a@fF.p.test 2.0.0 sent delivered via fF service
    file out/save mode=600 owner=vmail \AFrom x_y@example\.net  .*\nReceived: .*\n(?:[ \t].*\n)+From: x_y@example\.net\nTo: a@fF\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== spec18 a@fR.p.test sender="x_y"@example.net
    > a@fR.p.test 2.0.0 sent delivered via fR service
    file out/save mode=600 owner=vmail \AReturn-Path: <x_y@example\.net>\nReceived: .*\n(?:[ \t].*\n)+From: x_y@example\.net\nTo: a@fR\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== spec19 a@fF.p.test sender=
    > a@fF.p.test 2.0.0 sent delivered via fF service
    file out/save mode=600 owner=vmail \AFrom MAILER-DAEMON  .*\nReceived: .*\n(?:[ \t].*\n)+From: MAILER-DAEMON@example\.test\nTo: a@fF\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== spec20 a@fR.p.test sender=
    > a@fR.p.test 2.0.0 sent delivered via fR service
    file out/save mode=600 owner=vmail \AReturn-Path: <MAILER-DAEMON>\nReceived: .*\n(?:[ \t].*\n)+From: MAILER-DAEMON@example\.test\nTo: a@fR\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== multi1 a@fno.p.test b@fno.p.test A@fno.p.test
    > a@fno.p.test 2.0.0 sent delivered via fno service
    > b@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a@fno\.p\.test\]\n\[b@fno\.p\.test\]\n\[a@fno\.p\.test\]\n\[b@fno\.p\.test\]\n\[a\]\n\[b\]\n\[a\]\n\[b\]\n\[\]\n\[\]\n\[fno\.p\.test\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== multi2 a+x@mac10.p.test b@mac10.p.test
    > a+x@mac10.p.test 2.0.0 sent delivered via mac10 service
    > b@mac10.p.test 2.0.0 sent delivered via mac10 service
    file out/args mode=600 owner=vmail \A\[-fsender@example\.net\]\n\[--\]\n\[a\+x@mac10\.p\.test\]\n\[b@mac10\.p\.test\]\n\[--\]\n\[a\]\n\[b\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== multi3 a@n1.p.test b@n1.p.test c@n1.p.test
    > a@n1.p.test 2.0.0 sent delivered via n1 service
    > b@n1.p.test 2.0.0 sent delivered via n1 service
    > c@n1.p.test 2.0.0 sent delivered via n1 service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@n1\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== multi4 a@x1.p.test b@x1.p.test
    > a@x1.p.test 5.3.0 bounced Command died with status 1: "@ETC@/ex.sh"
    > b@x1.p.test 5.3.0 bounced Command died with status 1: "@ETC@/ex.sh"
== loop1 a@fd.p.test headers=Delivered-To:_A@fD.p.test
    > a@fd.p.test 5.4.6 bounced mail forwarding loop for a@fd.p.test
== loop2 a@fno.p.test headers=Delivered-To:_a@fno.p.test
    > a@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a@fno\.p\.test\]\n\[a@fno\.p\.test\]\n\[a\]\n\[a\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== lim1 a@n1.p.test
    set n1_time_limit = 1s
    > a@n1.p.test 2.0.0 sent delivered via n1 service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@n1\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== filt1 a@x1.p.test
    set pipe_delivery_status_filter = regexp:{{/^5(.*)/ 4$1}}
    > a@x1.p.test 5.3.0 bounced Command died with status 1: "@ETC@/ex.sh"
    log pipe_delivery_status_filter: bad status code: 4
== filt2 a@n1.p.test
    set pipe_delivery_status_filter = regexp:{{/^2(.*)/ 2.9.9 fine}}
    > a@n1.p.test 2.9.9 sent fine
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@n1\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== delim1 a-b@fno.p.test
    set recipient_delimiter = -+
    > a-b@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a-b@fno\.p\.test\]\n\[a-b@fno\.p\.test\]\n\[a\]\n\[a-b\]\n\[b\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== delim2 a+b-c@fno.p.test
    set recipient_delimiter = -+
    > a+b-c@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a\+b-c@fno\.p\.test\]\n\[a\+b-c@fno\.p\.test\]\n\[a\]\n\[a\+b-c\]\n\[b-c\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== delim3 a+b@fno.p.test
    set recipient_delimiter =
    > a+b@fno.p.test 2.0.0 sent delivered via fno service
    file out/args mode=600 owner=vmail \A\[sender@example\.net\]\n\[a\+b@fno\.p\.test\]\n\[a\+b@fno\.p\.test\]\n\[a\+b\]\n\[a\+b\]\n\[\]\n\[fno\.p\.test\]\n\[Hop\.fno\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== soft1 a@x1.p.test
    set soft_bounce = yes
    > a@x1.p.test 4.3.0 SOFTBOUNCE Command died with status 1: "@ETC@/ex.sh"
== orig1 a@fO.p.test
    set enable_original_recipient = no
    > a@fO.p.test 2.0.0 sent delivered via fO service
    file out/save mode=600 owner=vmail \AReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: a@fO\.p\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== orig2 a@mac11.p.test
    set enable_original_recipient = no
    > a@mac11.p.test 2.0.0 sent delivered via mac11 service
    file out/args mode=600 owner=vmail \A\[a@mac11\.p\.test\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
== orig3 al@v.test
    set virtual_alias_maps = inline:{{al@v.test=b@fO.p.test}}
    set virtual_alias_domains = v.test
    > b@fO.p.test 2.0.0 sent delivered via fO service
    file out/save mode=600 owner=vmail \AX-Original-To: al@v\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: al@v\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== orig4 al@v.test
    set virtual_alias_maps = inline:{{al@v.test=b@mac11.p.test}}
    set virtual_alias_domains = v.test
    > b@mac11.p.test 2.0.0 sent delivered via mac11 service
    file out/args mode=600 owner=vmail \A\[al@v\.test\]\nuid=20007\(vmail\) gid=20007\(vmail\) groups=20007\(vmail\)\n\Z
"""


ALIAS_ROWS = r'''
postmaster: alice
l1: bob, ext@x.test
owner-l1: carol
l2: l1, dave
owner-l2: frank
l3: l1
l4: bob, nosuch
owner-l4: carol
l5: nosuch
owner-l5: nosuch2
l6: nosuch
owner-l6: l1
l7: nosuch
owner-l7: carol, dave
l8: nosuch
owner-l8: "|cat > @DIR@/out/own"
l9: nosuch
owner-l9: ext@x.test
l10: owner-l10
owner-l10: carol
l11: "|exit 69"
owner-l11: carol
l12: @DIR@/out/dir/none/x
owner-l12: carol
l13: :include:@ETC@/inc
owner-l13: carol
l14: l14-request, bob
l14-request: dave
owner-l14: l14-request
owner-l15: carol
l15: ext@x.test, ext2@x.test
l16: l15
l17: bob
owner-l17: l17
l18: \bob
l19: alice+x, bob+y
inc1: :include:@ETC@/inc
inc2: :include:@ETC@/incnest
inc3: :include:@ETC@/inc, carol
inc4: ":include:@ETC@/inc", ":include:@ETC@/inc2"
both: "|cat > @DIR@/out/b", @DIR@/out/f, @DIR@/out/m/, ext@x.test, bob
deep0: deep1
deep1: deep2
deep2: deep3
deep3: deep4
deep4: bob
num: 12345
sp: "bob smith"
utf: bob@b\303\274cher.test
bad1: bob@@x.test
bad2: @x.test
bad3: bob@.test
bad4: bob@x..test
null1: ""
remote: ext@x.test
Upper: bob
"quo ted": bob
a.b: bob
a=b: bob
a/b: bob
abuse: postmaster
root: alice
dupe: bob
'''


class AliasRows(Rows):
    """Aliases, their owners and lists; what takes the place of a mailbox."""
    area = "local"
    cost = 50
    maps = {"aliases": ALIAS_ROWS}
    files = {
        'inc': 'bob\n# c\ncarol, dave\n',
        'incnest': ':include:@ETC@/inc\nfrank\n',
        'inc2': 'bob\nfrank\n',
        'al2': 'l1: dave\nx1: bob\n',
        'tx': 'l1 dave\nx1 bob, carol\nx2 "|cat > @DIR@/out/x"\nx3 @DIR@/out/x3\n',
        're': '/^rx(.*)$/ bob\n/^ry(.*)$/ $1\n/^rz(.*)$/ "|echo $1"\n',
    }
    main = """recipient_delimiter = +
default_privs = nobody
local_recipient_maps =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
"""
    flow = r"""
== l1
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== l2
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2 2.0.0 sent forwarded as
== l3
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l3 2.0.0 sent forwarded as
== l4
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > l4 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== l5
    > l5 2.0.0 sent forwarded as
    > nosuch2 5.1.1 bounced unknown user: "nosuch2"
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== l6
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l6 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
    > owner-l6 2.0.0 sent forwarded as
== l7
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l7 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== l8
    > l8 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
    > owner-l8 2.0.0 sent delivered to command: cat > @DIR@/out/own
    file out/own mode=600 owner=nobody
== l9
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l9 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
    > owner-l9 2.0.0 sent forwarded as
== l10
    > carol 2.0.0 sent delivered to maildir
    > l10 2.0.0 sent forwarded as
== l11
    > carol 2.0.0 sent delivered to maildir
    > l11 5.3.0 bounced service unavailable
== l12
    > carol 2.0.0 sent delivered to maildir
    > l12 5.2.0 bounced cannot append message to file @DIR@/out/dir/none/x: cannot create file exclusively: No such file or directory
    log unable to create lock file @DIR@/out/dir/none/x.lock: No such file or directory
== l13
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l13 2.0.0 sent forwarded as
== l14
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l14 2.0.0 sent forwarded as
== l15
    > ext2@x.test 2.0.0 sent 250 2.0.0 accepted
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l15 2.0.0 sent forwarded as
== l16
    > ext2@x.test 2.0.0 sent 250 2.0.0 accepted
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l16 2.0.0 sent forwarded as
== l17
    > bob 2.0.0 sent delivered to maildir
    > l17 2.0.0 sent forwarded as
== l18
    > bob 2.0.0 sent delivered to maildir
== l19
    > alice+x 2.0.0 sent delivered to maildir
    > bob+y 2.0.0 sent delivered to maildir
== inc1
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > inc1 2.0.0 sent forwarded as
== inc2
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > frank 2.0.0 sent delivered to maildir
    > inc2 2.0.0 sent forwarded as
== inc3
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > inc3 2.0.0 sent forwarded as
== inc4
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > frank 2.0.0 sent delivered to maildir
    > inc4 2.0.0 sent forwarded as
== both
    > bob 2.0.0 sent delivered to maildir
    > both 2.0.0 sent delivered to command: cat > @DIR@/out/b
    > both 2.0.0 sent delivered to file: @DIR@/out/f
    > both 2.0.0 sent delivered to maildir
    > both 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    file out/b mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both@example\.test\nDelivered-To: both@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
    file out/f mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both@example\.test\nDelivered-To: both@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== deep0
    > bob 2.0.0 sent delivered to maildir
== num
    > 12345 5.1.1 bounced unknown user: "12345"
== sp
    > "bob\ssmith" 5.1.1 bounced unknown user: "bob smith"
== bad1
    > "bob@"@x.test 2.0.0 sent 250 2.0.0 accepted
    > bad1 2.0.0 sent forwarded as
== bad2
    > ""@x.test 2.0.0 sent 250 2.0.0 accepted
    > bad2 2.0.0 sent forwarded as
== bad3
    > bad3 5.1.3 bounced bad recipient address syntax: bob@.test
== bad4
    > bad4 5.1.3 bounced bad recipient address syntax: bob@x..test
== null1
    > MAILER-DAEMON@mx.example.test 2.0.0 sent discarded
    log required alias not found: mailer-daemon
== remote
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > remote 2.0.0 sent forwarded as
== upper
    > bob 2.0.0 sent delivered to maildir
== a.b
    > bob 2.0.0 sent delivered to maildir
== a=b
    > bob 2.0.0 sent delivered to maildir
== abuse
    > alice 2.0.0 sent delivered to maildir
== root
    > alice 2.0.0 sent delivered to maildir
== L1
    > L1 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
== owner-l1
    > carol 2.0.0 sent delivered to maildir
== owner-l10
    > carol 2.0.0 sent delivered to maildir
== l1-request
    > l1-request 5.1.1 bounced unknown user: "l1-request"
== s-l1 l1 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== s-l2 l2 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2 2.0.0 sent forwarded as
== s-l4 l4 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > l4 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== s-l5 l5 sender=frank@example.test
    > l5 2.0.0 sent forwarded as
    > nosuch2 5.1.1 bounced unknown user: "nosuch2"
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== s-l7 l7 sender=frank@example.test
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l7 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== s-l11 l11 sender=frank@example.test
    > carol 2.0.0 sent delivered to maildir
    > l11 5.3.0 bounced service unavailable
== s-l12 l12 sender=frank@example.test
    > carol 2.0.0 sent delivered to maildir
    > l12 5.2.0 bounced cannot append message to file @DIR@/out/dir/none/x: cannot create file exclusively: No such file or directory
    log unable to create lock file @DIR@/out/dir/none/x.lock: No such file or directory
== s-l14 l14 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l14 2.0.0 sent forwarded as
== s-l15 l15 sender=frank@example.test
    > ext2@x.test 2.0.0 sent 250 2.0.0 accepted
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l15 2.0.0 sent forwarded as
== s-l17 l17 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > l17 2.0.0 sent forwarded as
== s-inc2 inc2 sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > frank 2.0.0 sent delivered to maildir
    > inc2 2.0.0 sent forwarded as
== n-l1 l1 sender=
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== n-l4 l4 sender=
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > l4 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== n-l11 l11 sender=
    > carol 2.0.0 sent delivered to maildir
    > l11 5.3.0 bounced service unavailable
== e-l1 l1+ext
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1+ext 2.0.0 sent forwarded as
== e-l2 l2+ext
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2+ext 2.0.0 sent forwarded as
== e-l13 l13+ext
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l13+ext 2.0.0 sent forwarded as
== e-l14 l14+ext
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l14+ext 2.0.0 sent forwarded as
== e-l19 l19+ext
    > alice+x 2.0.0 sent delivered to maildir
    > bob+y 2.0.0 sent delivered to maildir
== e-both both+ext
    > bob 2.0.0 sent delivered to maildir
    > both+ext 2.0.0 sent delivered to command: cat > @DIR@/out/b
    > both+ext 2.0.0 sent delivered to file: @DIR@/out/f
    > both+ext 2.0.0 sent delivered to maildir
    > both+ext 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    file out/b mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both\+ext@example\.test\nDelivered-To: both\+ext@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both\+ext@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
    file out/f mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both\+ext@example\.test\nDelivered-To: both\+ext@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both\+ext@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== e-remote remote+ext
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > remote+ext 2.0.0 sent forwarded as
== e-inc3 inc3+ext
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > inc3+ext 2.0.0 sent forwarded as
== e-deep0 deep0+ext
    > bob 2.0.0 sent delivered to maildir
== e-upper upper+ext
    > bob 2.0.0 sent delivered to maildir
== quoted "quo_ted"
    > quo_ted 5.1.1 bounced unknown user: "quo_ted"
== twoinone l1 l2
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
    > l2 2.0.0 sent forwarded as
== alldup l1 l3 l2 l1
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
    > l2 2.0.0 sent forwarded as
    > l3 2.0.0 sent forwarded as
== dsn1 l1 notify=SUCCESS sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > frank 2.0.0 sent delivered to maildir
    > l1 2.0.0 sent forwarded as
== dsn2 remote notify=SUCCESS sender=frank@example.test
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > frank 2.0.0 sent delivered to maildir
    > remote 2.0.0 sent forwarded as
== dsn3 l4 notify=FAILURE sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > l4 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== dsn4 l4 notify=NEVER sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > l4 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== dsn5 both notify=SUCCESS,FAILURE sender=frank@example.test
    > bob 2.0.0 sent delivered to maildir
    > both 2.0.0 sent delivered to command: cat > @DIR@/out/b
    > both 2.0.0 sent delivered to file: @DIR@/out/f
    > both 2.0.0 sent delivered to maildir
    > both 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > frank 2.0.0 sent delivered to maildir
    file out/b mode=600 owner=nobody \AFrom frank@example\.test  .*\nReturn-Path: <frank@example\.test>\nX-Original-To: both@example\.test\nDelivered-To: both@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: frank@example\.test\nTo: both@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
    file out/f mode=600 owner=nobody \AFrom frank@example\.test  .*\nReturn-Path: <frank@example\.test>\nX-Original-To: both@example\.test\nDelivered-To: both@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: frank@example\.test\nTo: both@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== dsn6 l19 notify=DELAY sender=frank@example.test
    > alice+x 2.0.0 sent delivered to maildir
    > bob+y 2.0.0 sent delivered to maildir
== eo1 l1 sender=frank@example.test
    set expand_owner_alias = yes
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== eo2 l7 sender=frank@example.test
    set expand_owner_alias = yes
    > "carol,\sdave" 5.1.1 bounced unknown user: "carol, dave"
    > l7 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== eo4 l14 sender=frank@example.test
    set expand_owner_alias = yes
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l14 2.0.0 sent forwarded as
== ro1 l2 sender=frank@example.test
    set reset_owner_alias = yes
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2 2.0.0 sent forwarded as
== ro2 l16 sender=frank@example.test
    set reset_owner_alias = yes
    > ext2@x.test 2.0.0 sent 250 2.0.0 accepted
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l16 2.0.0 sent forwarded as
== ro3 l3 sender=frank@example.test
    set reset_owner_alias = yes
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l3 2.0.0 sent forwarded as
== ors1 l1
    set owner_request_special = no
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== ors2 owner-l1
    set owner_request_special = no
    > carol 2.0.0 sent delivered to maildir
== ors3 l14-request
    set owner_request_special = no
    > dave 2.0.0 sent delivered to maildir
== ors4 owner-l1-x
    set recipient_delimiter = -
    > owner-l1-x 5.1.1 bounced unknown user: "owner-l1-x"
== ors5 l14-request
    set recipient_delimiter = -
    > dave 2.0.0 sent delivered to maildir
== ors6 owner-l1
    set recipient_delimiter = -
    set owner_request_special = no
    > carol 2.0.0 sent delivered to maildir
== fd1 l2
    set frozen_delivered_to = no
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2 2.0.0 sent forwarded as
== fd2 remote
    set frozen_delivered_to = no
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > remote 2.0.0 sent forwarded as
== pu1 l19+q
    set propagate_unmatched_extensions = alias
    > alice+x+q 2.0.0 sent delivered to maildir
    > bob+y+q 2.0.0 sent delivered to maildir
== pu2 remote+q
    set propagate_unmatched_extensions = alias
    > ext+q@x.test 2.0.0 sent 250 2.0.0 accepted
    > remote+q 2.0.0 sent forwarded as
== pu3 l13+q
    set propagate_unmatched_extensions = include
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > l13+q 2.0.0 sent forwarded as
== pu4 l2+q
    set propagate_unmatched_extensions = alias
    > bob+q 2.0.0 sent delivered to maildir
    > dave+q 2.0.0 sent delivered to maildir
    > ext+q@x.test 2.0.0 sent 250 2.0.0 accepted
    > l2+q 2.0.0 sent forwarded as
== pu5 both+q
    set propagate_unmatched_extensions = alias, include, forward
    > bob+q 2.0.0 sent delivered to maildir
    > both+q 2.0.0 sent delivered to command: cat > @DIR@/out/b
    > both+q 2.0.0 sent delivered to file: @DIR@/out/f
    > both+q 2.0.0 sent delivered to maildir
    > both+q 2.0.0 sent forwarded as
    > ext+q@x.test 2.0.0 sent 250 2.0.0 accepted
    file out/b mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both\+q@example\.test\nDelivered-To: both\+q@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both\+q@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
    file out/f mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: both\+q@example\.test\nDelivered-To: both\+q@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: both\+q@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== am1 l1
    set alias_maps = texthash:@ETC@/tx, @DB@:@ETC@/aliases
    > dave 2.0.0 sent delivered to maildir
    > l1 2.0.0 sent forwarded as
== am2 x1
    set alias_maps = texthash:@ETC@/tx, @DB@:@ETC@/aliases
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== am3 l2
    set alias_maps = texthash:@ETC@/tx, @DB@:@ETC@/aliases
    > dave 2.0.0 sent delivered to maildir
    > l2 2.0.0 sent forwarded as
== am4 rxa
    set alias_maps = regexp:@ETC@/re
    > bob 2.0.0 sent delivered to maildir
    log regexp map @ETC@/re, line 2: regular expression substitution is not allowed: skipping this rule
    log regexp map @ETC@/re, line 3: regular expression substitution is not allowed: skipping this rule
== am5 rybob
    set alias_maps = regexp:@ETC@/re
    > rybob 5.1.1 bounced unknown user: "rybob"
    log regexp map @ETC@/re, line 2: regular expression substitution is not allowed: skipping this rule
    log regexp map @ETC@/re, line 3: regular expression substitution is not allowed: skipping this rule
== am6 rzfoo
    set alias_maps = regexp:@ETC@/re
    > rzfoo 5.1.1 bounced unknown user: "rzfoo"
    log regexp map @ETC@/re, line 2: regular expression substitution is not allowed: skipping this rule
    log regexp map @ETC@/re, line 3: regular expression substitution is not allowed: skipping this rule
== am7 bob
    set alias_maps = fail:x
    > bob 4.3.0 deferred alias database unavailable
== am9 x1
    set alias_maps = inline:{{x1=bob},{x2=carol}}
    > bob 2.0.0 sent delivered to maildir
== am12 x2
    set alias_maps = texthash:@ETC@/tx
    > x2 2.0.0 sent delivered to command: cat > @DIR@/out/x
    file out/x mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: x2@example\.test\nDelivered-To: x2@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: x2@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== am13 x3
    set alias_maps = texthash:@ETC@/tx
    > x3 2.0.0 sent delivered to file: @DIR@/out/x3
    file out/x3 mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: x3@example\.test\nDelivered-To: x3@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: x3@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== am14 x1
    set alias_maps = pipemap:{inline:{{x1=y1}},inline:{{y1=bob}}}
    > bob 2.0.0 sent delivered to maildir
== mc1 bob
    set allow_mail_to_commands =
    set mailbox_command = cat > @HOME@/bob/mc
    > bob 2.0.0 sent delivered to command: cat > @HOME@/bob/mc
    file ~bob/mc mode=600 owner=bob \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== mc2 bob+ext
    set mailbox_command_maps = inline:{{bob=echo $EXTENSION $USER $HOME $SHELL $LOGNAME $LOCAL $DOMAIN $RECIPIENT $SENDER > mc; pwd >> mc}}
    > bob+ext 5.3.0 bounced Command died with status 2: "echo          > mc; pwd >> mc". Command output: sh: 1: cannot create mc: Permission denied sh: 1: cannot create mc: Permission deni
== mc3 bob
    set mailbox_command = /bin/echo "$USER"
    > bob 2.0.0 sent delivered to command: /bin/echo "$USER"
== mc4 bob
    set mailbox_command_maps = inline:{{bob@example.test=cat > @HOME@/bob/mc}}
    > bob 2.0.0 sent delivered to maildir
== mc5 bob
    set mailbox_command = exec /bin/cat > "$HOME/mc"
    set home_mailbox = x/
    > bob 2.0.0 sent delivered to command: exec /bin/cat > "$HOME/mc"
    file ~bob/mc mode=600 owner=bob \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\Z
== mt1 bob
    set mailbox_transport = smtp:[127.0.0.1]:2525
    > bob 2.0.0 sent 250 2.0.0 accepted
== mt2 bob
    set mailbox_transport_maps = inline:{{bob=smtp:[127.0.0.1]:2525}}
    > bob 2.0.0 sent 250 2.0.0 accepted
== mt3 carol
    set mailbox_transport_maps = inline:{{bob=smtp:[127.0.0.1]:2525}}
    > carol 2.0.0 sent delivered to maildir
== mt5 bob+x
    set mailbox_transport_maps = inline:{{bob+x=discard:}}
    > bob+x 2.0.0 sent delivered to maildir
== mt6 bob@example.test
    set mailbox_transport_maps = inline:{{bob@example.test=discard:}}
    > bob 2.0.0 sent delivered to maildir
== mt7 l1
    set mailbox_transport = discard:
    > bob 2.0.0 sent mx.example.test
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== mt8 bob
    set mailbox_transport = discard:hello
    > bob 2.0.0 sent hello
== ft1 nosuch
    set fallback_transport = smtp:[127.0.0.1]:2525
    > nosuch 2.0.0 sent 250 2.0.0 accepted
== ft2 nosuch
    set fallback_transport_maps = inline:{{nosuch=error:5.1.9 moved}}
    set fallback_transport = discard:
    > nosuch 5.1.9 bounced moved
== ft3 nosuch2
    set fallback_transport_maps = inline:{{nosuch=error:5.1.9 moved}}
    set fallback_transport = discard:
    > nosuch2 2.0.0 sent mx.example.test
== lr1 nosuch
    set luser_relay = bob
    > bob 2.0.0 sent delivered to maildir
== lr2 nosuch+e
    set luser_relay = bob+$local
    > bob+nosuch+e 2.0.0 sent delivered to maildir
== lr3 nosuch
    set luser_relay = $user@x.test
    > nosuch 2.0.0 sent forwarded as
    > nosuch@x.test 2.0.0 sent 250 2.0.0 accepted
== lr4 nosuch
    set luser_relay = $local@other.test
    > nosuch 2.0.0 sent forwarded as
    > nosuch@other.test 2.0.0 sent 250 2.0.0 accepted
== lr7 nosuch
    set luser_relay = nosuch2
    > nosuch2 5.1.1 bounced unknown user: "nosuch2"
== lr9 nosuch
    set luser_relay = l1
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > nosuch 2.0.0 sent forwarded as
== hm1 bob
    set home_mailbox = Mail/
    > bob 2.0.0 sent delivered to maildir
== hm2 bob
    set home_mailbox = Mail
    > bob 2.0.0 sent delivered to mailbox
    file ~bob/Mail mode=600 owner=bob \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== hm3 bob
    set home_mailbox = a/b/c/
    > bob 2.0.0 sent delivered to maildir
== hm4 bob
    set home_mailbox = ../carol/x
    > bob 5.2.0 bounced cannot update mailbox @HOME@/bob/../carol/x for user bob. unable to create lock file @HOME@/bob/../carol/x.lock: Permission denied
== hm5 bob
    set home_mailbox = $user
    > bob 2.0.0 sent delivered to mailbox
    file spool/bob mode=600 owner=bob \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== sd1 bob
    set home_mailbox =
    set mail_spool_directory = @DIR@/out
    > bob 2.0.0 sent delivered to mailbox
    file out/bob mode=600 owner=bob \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== sd2 bob
    set home_mailbox =
    set mail_spool_directory = @DIR@/out//
    > bob 2.0.0 sent delivered to maildir
== sd4 bob
    set home_mailbox =
    set mail_spool_directory = @DIR@/out/sub/
    > bob 2.0.0 sent delivered to maildir
== sm1 bob
    set home_mailbox =
    set mail_spool_directory = @DIR@/out
    put out/bob mode=600 owner=root x\n
    > bob 5.2.0 bounced cannot update mailbox @DIR@/out/bob for user bob. cannot open file: Permission denied
    file out/bob mode=600 owner=root \Ax\n\Z
== sm2 bob
    set home_mailbox =
    set mail_spool_directory = @DIR@/out
    set strict_mailbox_ownership = no
    put out/bob mode=666 owner=root x\n
    > bob 2.0.0 sent delivered to mailbox
    file out/bob mode=666 owner=root \Ax\nFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== sm3 bob
    set home_mailbox = box
    put ~bob/box mode=600 owner=bob x
    > bob 2.0.0 sent delivered to mailbox
    file ~bob/box mode=600 owner=bob \AxFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\nReceived: .*\n(?:[ \t].*\n)+From: sender@example\.net\nTo: bob@example\.test\nSubject: $T\nMessage-Id: <\S+@mx\.example\.test>\nDate: .*\n\n$T\n\n\Z
== ml1 bob
    set home_mailbox = box
    set mailbox_delivery_lock = dotlock
    put ~bob/box.lock owner=bob x
    > bob 4.2.0 deferred cannot update mailbox @HOME@/bob/box for user bob. unable to create lock file @HOME@/bob/box.lock: File exists
== ml3 bob
    set home_mailbox = box
    set stale_lock_time = 1s
    put ~bob/box.lock owner=bob x
    > bob 4.2.0 deferred cannot update mailbox @HOME@/bob/box for user bob. unable to create lock file @HOME@/bob/box.lock: File exists
== dl1 bob headers=Delivered-To:_bob@example.test
    > bob 5.4.6 bounced mail forwarding loop for bob@example.test
== dl2 bob headers=Delivered-To:_BOB@Example.Test
    > bob 5.4.6 bounced mail forwarding loop for bob@example.test
== dl3 l1 headers=Delivered-To:_l1@example.test
    > carol 2.0.0 sent delivered to maildir
    > l1 5.4.6 bounced mail forwarding loop for l1@example.test
== dl4 l1 headers=Delivered-To:_bob@example.test
    > bob 5.4.6 bounced mail forwarding loop for bob@example.test
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== dl5 bob headers=Delivered-To:_bob@example.test_(x)
    > bob 2.0.0 sent delivered to maildir
== dl6 bob+x headers=Delivered-To:_bob@example.test
    > bob+x 2.0.0 sent delivered to maildir
== dl7 bob headers=X-Foo:_1\nDelivered-To:__bob@example.test
    > bob 5.4.6 bounced mail forwarding loop for bob@example.test
== dl8 l5 headers=Delivered-To:_l5@example.test sender=frank@example.test
    > l5 5.4.6 bounced mail forwarding loop for l5@example.test
    > nosuch2 5.1.1 bounced unknown user: "nosuch2"
== sf1 nosuch
    set soft_bounce = yes
    > nosuch 4.1.1 SOFTBOUNCE unknown user: "nosuch"
== sf2 bob
    set local_delivery_status_filter = regexp:{{/^2(.*)/ 2.1.5 filed}}
    > bob 2.1.5 sent filed
== sf3 nosuch
    set local_delivery_status_filter = regexp:{{/^5(.*)/ 4$1}}
    > nosuch 5.1.1 bounced unknown user: "nosuch"
    log local_delivery_status_filter: bad status code: 4
== or1 l1
    set enable_original_recipient = no
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent 250 2.0.0 accepted
    > l1 2.0.0 sent forwarded as
== dl9 bob
    set mydestination = example.test, other.test
    > bob 2.0.0 sent delivered to maildir
== un1 "b_ob"
    > b_ob 5.1.1 bounced unknown user: "b_ob"
== un2 bob.
    > "bob." 5.1.1 bounced unknown user: "bob."
== un3 .bob
    > ".bob" 5.1.1 bounced unknown user: ".bob"
== un4 bob@[127.0.0.1]
    > bob@[127.0.0.1] 2.0.0 sent delivered to maildir
== un5 nosuch+ext
    > nosuch+ext 5.1.1 bounced unknown user: "nosuch"
== un6 NoSuch
    > NoSuch 5.1.1 bounced unknown user: "nosuch"
== un7 +ext
    > +ext 5.1.1 bounced unknown user: "+ext"
== un8 bob+
    > bob+ 2.0.0 sent delivered to maildir
== un9 root
    set alias_maps =
    > root 2.0.0 sent delivered to maildir
== un10 daemon
    > daemon 5.2.0 bounced maildir delivery failed: create maildir file /usr/sbin/Maildir/tmp/
    log perhaps you need to create the maildirs in advance
"""


BAD_SERVICES = (
    ("flag", "flags=Z user=vmail argv=true", "unknown flag: Z (ignored)"),
    ("flags", "flags=DZ user=vmail argv=true", "unknown flag: Z (ignored)"),
    ("nouser", "flags=D argv=true", "missing user= command-line attribute"),
    ("noargv", "user=vmail", "missing argv= command-line attribute"),
    ("size", "user=vmail size=-1 argv=true", "get_service_attr: bad size= value: -1"),
    ("sizeword", "user=vmail size=abc argv=true", "get_service_attr: bad size= value: abc"),
    ("unknown", "user=vmail foo=bar argv=true", "unknown attribute name: foo=bar"),
    ("word", "user=vmail foo argv=true", "unknown attribute name: foo"),
    ("user", "user=nosuch argv=true", "get_service_attr: unknown username: nosuch"),
    ("number", "user=20007 argv=true", "get_service_attr: unknown username: 20007"),
    ("emptyuser", "user= argv=true", "get_service_attr: unknown username: "),
    ("onlygroup", "user=:mail argv=true", "get_service_attr: unknown username: "),
    ("group", "user=vmail:nosuch argv=true", "get_service_attr: unknown group: nosuch"),
    ("groupnumber", "user=vmail:8 argv=true", "get_service_attr: unknown group: 8"),
    ("root", "user=root argv=true", "user= command-line attribute specifies root privileges"),
    ("rootgroup", "user=vmail:root argv=true", "user= command-line attribute specifies privileged group id 0"),
    ("owner", "user=postfix argv=true", "user= command-line attribute specifies mail system owner postfix"),
    ("postdrop", "user=vmail:postdrop argv=true",
     "user= command-line attribute specifies mail system postdrop group id"),
)


class BadPipes(Rows):
    """Services of pipe(8) that cannot be: each says why, and its mail waits."""
    area = "pipe"
    main = "transport_maps = @DB@:$config_directory/transport\nsmtpd_reject_unlisted_recipient = no\n"
    maps = {"transport": "".join("%s.b.test bad%s:\n" % (n, n) for n, _, _ in BAD_SERVICES)}
    master = "".join("bad%s unix - n n - - pipe\n  %s\n" % (n, a) for n, a, _ in BAD_SERVICES)
    flow = "".join("== bad-%s x@%s.b.test\n    log fatal: %s\n" % (n, n, text) for n, _, text in BAD_SERVICES)


class FullDisks(Rows):
    """No room, or no more files: in mailboxes, for commands, in the logs of bounce(8)."""
    area = "local"
    cost = 10
    main = Flow.main_base + """local_recipient_maps =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
virtual_mailbox_domains = v.test
virtual_mailbox_base = @DIR@/fs
virtual_mailbox_maps = inline:{{nbox@v.test=none/vbox},{nmd@v.test=none/vmd/},{fbox@v.test=full/vbox},{fmd@v.test=full/vmd/}}
virtual_uid_maps = static:20007
virtual_gid_maps = static:20007
transport_maps = inline:{{p.test=pfull}}
home_mailbox =
"""
    master = "pfull unix - n n - - pipe\n  user=vmail argv=/bin/sh -c {cat > @DIR@/fs/full/p}\n"
    maps = {"aliases": "postmaster: alice\nnf: @DIR@/fs/none/f\nnm: @DIR@/fs/none/m/\nff: @DIR@/fs/full/f\n"
            "fm: @DIR@/fs/full/m/\nfc: \"|cat > @DIR@/fs/full/c\"\nlater: \"|exit 75\"\nnever: \"|exit 69\"\n"}
    long_texts = {"BIG": ("y" * 70 + "\\n") * 3000}
    flow = r"""
== no-file nf
    > nf 4.3.0 deferred cannot append message to file @DIR@/fs/none/f: cannot create file exclusively: No space left on device
== no-maildir nm
    > nm 4.3.0 deferred maildir delivery failed: create maildir file @DIR@/fs/none/m/tmp/
== full-file ff body=BIG
    > ff 4.3.0 deferred cannot append message to file @DIR@/fs/full/f: error writing message: No space left on device
    empty fs/full/f
== full-maildir fm body=BIG
    > fm 4.3.0 deferred maildir delivery failed: error writing message: No space left on device
    empty fs/full/m/tmp
    gone fs/full/m/new
== full-command fc body=BIG
    > fc 5.3.0 bounced Command died with status 1: "cat > @DIR@/fs/full/c". Command output: cat: write error: No space left on device
== no-virtual-mailbox nbox@v.test
    > nbox 4.3.0 deferred delivery failed to mailbox @DIR@/fs/none/vbox: unable to create lock file @DIR@/fs/none/vbox.lock: No space left on device
== no-virtual-maildir nmd@v.test
    > nmd 4.3.0 deferred maildir delivery failed: create maildir file @DIR@/fs/none/vmd/tmp/
== full-virtual-mailbox fbox@v.test body=BIG
    > fbox 4.3.0 deferred delivery failed to mailbox @DIR@/fs/full/vbox: error writing message: No space left on device
    empty fs/full/vbox
    gone fs/full/vbox.lock
== full-virtual-maildir fmd@v.test body=BIG
    > fmd 4.3.0 deferred maildir delivery failed: error writing message: No space left on device
    empty fs/full/vmd/tmp
    gone fs/full/vmd/new
== full-pipe a@p.test body=BIG
    > a 5.3.0 bounced Command died with status 1: "/bin/sh". Command output: cat: write error: No space left on device
== full-spool bob body=BIG
    set mail_spool_directory = @DIR@/fs/full
    > bob 4.3.0 deferred cannot update mailbox @DIR@/fs/full/bob for user bob. error writing message: No space left on device
    empty fs/full/bob
== no-spool bob
    set mail_spool_directory = @DIR@/fs/none
    > bob 4.3.0 deferred cannot update mailbox @DIR@/fs/none/bob for user bob. unable to create lock file @DIR@/fs/none/bob.lock: No space left on device
== full-spool-of-maildirs bob body=BIG
    set mail_spool_directory = @DIR@/fs/full/
    > bob 4.3.0 deferred maildir delivery failed: error writing message: No space left on device
    gone fs/full/bob/new
== no-spool-of-maildirs bob
    set mail_spool_directory = @DIR@/fs/none/
    > bob 4.3.0 deferred maildir delivery failed: create maildir file @DIR@/fs/none/bob/tmp/
== no-bounce-log never
    over queue/bounce
    > never 4.3.0 deferred bounce or trace service failure
== no-defer-log later
    over queue/defer
    > later 4.3.0 deferred temporary failure
== no-trace-log alice notify=SUCCESS
    over queue/trace
    log trace service failed)
"""

    def setup(self):
        super().setup()
        self.over = []
        for name, options in (("full", "size=64k"), ("none", "nr_inodes=1")):
            os.makedirs(self.path("fs", name))
            self.mount(self.path("fs", name), options + ",mode=1777")

    @staticmethod
    def mount(where, options):
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", where], check=True)

    def play(self, head, lines):
        try:
            super().play(head, lines)
        finally:
            while self.over:
                subprocess.run(["umount", "-l", self.over.pop()])
            full = self.path("fs", "full")
            for name in os.listdir(full):
                path = os.path.join(full, name)
                shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)

    def steps(self, head, lines, made):
        for line in lines:
            if line.startswith("over "):
                where = self.path(line[5:])
                st = os.stat(where)
                self.mount(where, "nr_inodes=1,mode=%o,uid=%d,gid=%d" % (st.st_mode & 0o7777, st.st_uid, st.st_gid))
                self.over.append(where)
        super().steps(head, [ln for ln in lines if ln.split()[0] not in ("over", "empty", "gone")], made)
        for line in lines:
            op, _, name = line.partition(" ")
            path = self.path(name)
            if op == "gone":
                self.ok(not os.path.lexists(path), "nothing at " + name)
            elif op == "empty":
                self.eq(os.listdir(path) if os.path.isdir(path) else os.path.getsize(path),
                        [] if os.path.isdir(path) else 0, "what is in " + name)

    def teardown(self):
        for name in ("full", "none"):
            subprocess.run(["umount", "-l", self.path("fs", name)])
