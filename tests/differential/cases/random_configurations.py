"""Random main.cf and master.cf texts, and what postconf makes of them (run --seed N for other ones)."""
import os
import random
import shutil

from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
SETTINGS = 60
NAMES = ["myhostname", "mydomain", "myorigin", "mydestination", "mynetworks", "relayhost", "relay_domains", "inet_interfaces",
         "smtpd_recipient_restrictions", "smtpd_restriction_classes", "transport_maps", "virtual_alias_maps", "alias_maps",
         "smtpd_timeout", "smtpd_soft_error_limit", "mailbox_command", "forward_path", "luser_relay", "soft_bounce",
         "smtp_helo_timeout", "maximal_queue_lifetime", "message_size_limit", "local_transport", "default_transport",
         "smtpd_banner", "notify_classes", "recipient_delimiter", "smtpd_error_sleep_time", "smtpd_client_restrictions",
         "proxy_read_maps", "smtpd_milters", "header_checks", "compatibility_level", "mynetworks_style", "biff",
         "smtpd_tls_security_level", "smtpd_sasl_auth_enable", "queue_run_delay", "syslog_name", "content_filter",
         "local_destination_concurrency_limit", "maildrop_destination_recipient_limit", "maildrop_time_limit",
         "cyrus_destination_recipient_limit", "smtp_delivery_slot_cost", "relay_initial_destination_concurrency",
         "my_user", "user_a", "user_b", "user_c", "check_it", "greet", "no_such_name", "mydestnation", "smtpd_timout"]
USER = ["user_a", "user_b", "user_c", "my_user", "greet", "check_it"]
WORDS = ["example.test", "hash:/etc/x", "permit_mynetworks", "reject", "yes", "no", "10", "30s", "5d", "user_a", "check_it", "greet",
         "ldap:lx", "mysql:mx", "sqlite:sx", "ldap:/etc/l.cf", "proxy:mysql:mx", "static:OK", "regexp:{{/x/ y}}", "inline:{a=b}",
         "inline:{{a = b c}, {d = e}}", "127.0.0.0/8", "[::1]", "a,b", ",", "x=y", "==", "#x", "\"q q\"", "'", "\\", "%s", "smtp", "relay:[h]",
         "check_client_access", "check_policy_service", "{ unix:private/p, timeout=3s }", "pipemap:{ldap:lx,mysql:mx}", "unionmap:{static:a}"]
ODD = ["$$", "$$x", "$(user_a)", "${user_a}", "$user_a", "$user_b", "$user_c", "$myhostname", "$undefined_x",
       "${undefined_y}", "${user_a?x}", "${user_a:y}", "${user_a?{x y}}", "${user_a:{x y}}", "${user_a?{x}:{y}}",
       "${user_a ? {x} : {y}}", "${{$user_a} == {yes} ? {x} : {y}}", "${{$user_a}=={yes}?{x}:{y}}", "${{$user_b} != {}}",
       "${{1} < {2} ? {less}}", "${{10} < {9} ? {less} : {more}}", "${{a} >= {b} ? {x} : {$user_c}}",
       "${{1.0} <level {2} ? {x} : {y}}", "${{3.6} >=level {3.5}?{x}:{y}}",
       "${{$compatibility_level} <level {1} ? {old} : {new}}", "${{x} == {x} ? {a} : b}", "${user_a?{x} : }",
       "${user_a?{}:{}}", "${user_a:}", "${user_a?}", "$user_a$user_b", "${user_a}x", "$user_a.x", "$1", "${1}",
       "${ user_a }", "${user_a ?x}", "${user_a? x }", "${no_such_name?x:y}", "{", "}", "{}", "{ a", "a }", "{ $user_a }",
       "${user_a?$user_b}", "${user_b?{$user_c}:{$undefined_z}}", "${{$user_a} == {$user_a} ? {${user_b}} : {n}}",
       "$smtpd_timeout", "${mydomain}", "$mail_name", "$process_name", "$service_name", "$config_directory",
       "$daemon_directory", "$user", "$recipient", "$domain", "$stress", "${stress?{1}:{2}}"]
BROKEN = ["$", "${{x} = {y} ? {a} : {b}}", "${{x} === {y}}", "${{x} == {x} ? {a} b}", "${{x}}", "${{x} ==}", "${{x} == {y}",
          "${user_a", "$(user_a", "${}", "$()", "${user-a}", "${user_a?", "${user_a?{x", "${user_a?{x}y}", "$-",
          "${ user_a }x${", "${{x} == {y} ? a : b}", "${{x} == {x} ? a : b}"]


def value(pick):
    words = [pick.choice(BROKEN if pick.random() < 0.015 else ODD if pick.random() < 0.35 else WORDS) for _ in range(pick.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
    return pick.choice([" ", " ", "  ", "\t", ", ", "\n ", "\n\t", "\n#c\n ", "\n\n ", " \n  # c\n  ", "\r\n "]).join(words)


def entry(pick):
    equals = pick.choice([" = "] * 12 + ["=", " =", "= ", "\t=\t", "  =  ", " = \n ", "\n = ", " == "])
    text = pick.choice(NAMES) + equals + value(pick)
    odd = pick.random()
    if odd < 0.02:
        text = pick.choice(["no equals", "= value", " continued = x", "a b = c", "\tx", "name", "{ a = b }", "a.b = c", "a-b = c", "#", "# c", "x:y",
                            "user_a = b = c", "MYHOSTNAME = x.test", "\u00e4 = b", "$x = y", "${x} = y", "{x} = y"])
    return text + pick.choice(["\n"] * 12 + ["\r\n", " \n", "\n\n", "\n# comment\n", "\n #comment\n", "\n\t\n"])


def some_main(pick):
    text = "".join(entry(pick) for _ in range(pick.randint(1, 7)))
    if pick.random() < 0.9:  # a name that daemons need has to have something
        text += "myhostname = mx.example.test\n"
    return text + "compatibility_level = 3.6\n" if pick.random() < 0.8 else text


OPTIONS = ["-o smtpd_timeout=5", "-o user_a=$user_b", "-o { user_b = a b }", "-o {user_b=a b}", "-o { user_a = }", "-o",
           "-v", "-D", "-o no_such=1", "-o mydestination=$undefined_m", "-o user_c=${user_a?{x}:{y}}", "-o { user_c = ${user_a?{x y}:{z}} }",
           "-o smtpd_recipient_restrictions=check_it,reject", "-o smtpd_restriction_classes=check_it,greet", "-o check_it=permit",
           "-o relayhost = x", "-o relayhost= x", "-o =x", "-o user_a", "-o { user_a }", "-o { = x }", "-o {", "-o }", "-o {}", "-o { { a=b } }",
           "-o alias_maps=ldap:ly", "-o ly_search_base=x", "-o { alias_maps = ldap:ly, mysql:mz }", "{ user_a = b }", "{ a }", "{", "}x", "{a}b",
           "-vv", "-n smtp", "-t unix", "-s 5", "flags=DRhu", "user=nobody", "argv=/bin/x $user ${recipient}", "argv={ a b }", "-o a=b=c", "-m 5",
           "-o local_header_rewrite_clients=", "-o smtpd_client_restrictions=permit_mynetworks,reject", "-vo user_a=x", "-v -o user_b=y", "--", "-",
           "-o smtpd_tls_wrappermode=yes", "-o smtpd_timeout=$user_c", "-o mydestination=${no_end", "-o my_user=$my_user", "-o user_a=a\n  -o user_b=c"]
SERVICES = ["smtp", "smtps", "submission", "127.0.0.1:25", "[::1]:25", "relay", "local", "cleanup", "qmgr", "maildrop", "private/x", "x-y", "smtp", "a.b", "10025",
            "127.0.0.1:10025", "cyrus", "lmtp", "user_a", "*", "-", "tlsmgr"]
TYPES = ["inet", "unix", "unix", "inet", "fifo", "pass", "unix-dgram"]
COMMANDS = ["smtpd", "smtp", "local", "pipe", "cleanup", "qmgr", "/bin/x", "spawn", "lmtp", "error", "virtual", "nosuch"]


def service(pick):
    fields = [pick.choice(SERVICES), pick.choice(TYPES), pick.choice("-yn"), pick.choice("-yn"), pick.choice("-yn"),
              pick.choice(["-", "-", "0", "60", "1000?", "300"]), pick.choice(["-", "0", "1", "10"]), pick.choice(COMMANDS)]
    if pick.random() < 0.06:
        fields[pick.randrange(8)] = pick.choice(["x", "?", "-1", "", "1x", "Y", "5??", "INET", "{ a b }", "{}", "0x1", "99999999999999"])
    text = pick.choice([" ", "  ", "\t", " \t"]).join(fields)
    for _ in range(pick.choice([0, 0, 1, 2, 3, 4])):
        text += pick.choice([" ", "\n  ", "\n\t", "\n# c\n  ", "  ", "\n\n  "]) + pick.choice(OPTIONS)
    return text + pick.choice(["\n"] * 10 + [" \n", "\n\n", "\n#c\n", "\n   # c\n", "\r\n"])


def some_master(pick):
    return "".join(service(pick) for _ in range(pick.randint(1, 5)))


SHOWN = [[], ["-n"], ["-x"], ["-nx"], ["-nf"], ["-nH"], ["-nh"], ["-M"], ["-Mf"], ["-Mx"], ["-F"], ["-Fx"], ["-Fh"], ["-FH"], ["-Ff"], ["-P"], ["-Px"], ["-Ph"], ["-PH"], ["-Pf"], ["-C", "user"],
         ["-C", "service"], ["-n", "-C", "user"], ["-xC", "user"], ["user_a", "user_b", "no_such_name"], ["-h", "user_a", "mydestination"]]
ALWAYS = 4


class Configurations(Recorder):
    area = "random"
    cost = 60
    timeout = 900

    def look(self, question, *argv):
        """All output of `postconf` could be long: without arguments only what was set."""
        r = self.inst.run("postconf", *argv, timeout=20)
        out = self.clean(r.out)
        if not any(a.startswith(("-M", "-F", "-P", "-n")) for a in argv):
            known = set(NAMES) | set(USER)
            out = "\n".join(line for line in out.splitlines() if line.split(" =")[0] in known or "C" in "".join(argv))
        self.record(question, [r.rc, out, self.clean(r.err)])

    def directory(self, main, master):
        path = os.path.join(self.inst.dir, "random")
        shutil.rmtree(path, ignore_errors=True)
        os.mkdir(path)
        for name, text in (("main.cf", main), ("master.cf", master)):
            with open(os.path.join(path, name), "w", newline="") as f:
                f.write(text)
        return path

    def test_shown(self):
        pick = random.Random(SEED * 32452843 + 5)
        for number in range(SETTINGS):
            main, master = some_main(pick), some_master(pick)
            if pick.random() < 0.5:
                master = "smtp unix - - n - - smtp\n"
            elif pick.random() < 0.5:
                main = "myhostname = mx.example.test\nuser_a = yes\nuser_b = $user_a\ncompatibility_level = 3.6\n"
            path = self.directory(main, master)
            for argv in SHOWN:
                self.look("%s/%s %s\n--main.cf\n%s\n--master.cf\n%s\n--" % (SEED, number, argv, main, master), "-c", path, *argv)

    def test_edited(self):
        pick = random.Random(SEED * 49979687 + 6)
        for number in range(SETTINGS):
            main, master = some_main(pick), some_master(pick)
            path = self.directory(main, master)
            for argv in [edit(pick) for _ in range(6)]:
                question = "%s/%s %s\n--main.cf\n%s\n--master.cf\n%s\n--" % (SEED, number, argv, main, master)
                self.directory(main, master)
                r = self.inst.run("postconf", "-c", path, *argv, timeout=20)
                files = [open(os.path.join(path, name), newline="", errors="replace").read() for name in ("main.cf", "master.cf")]
                self.record(question, [r.rc, self.clean(r.out), self.clean(r.err)] + files)


def edit(pick):
    name, other = pick.choice(NAMES), pick.choice(NAMES)
    which, kind = pick.choice(SERVICES + ["*"]), pick.choice(TYPES + ["*"])
    field = pick.choice(["service", "type", "private", "unprivileged", "chroot", "wakeup", "process_limit", "command", "*", "x", ""])
    text = pick.choice([value(pick).replace("\n", " "), "x", "", "-", "n", "y", "5", "smtpd -v", "a  b", "{ a b }"])
    return pick.choice([
        ["-e", "%s=%s" % (name, text)], ["-e", "%s = %s" % (name, text), "%s=%s" % (other, text)], ["%s=%s" % (name, text)],
        ["-X", name], ["-X", name, other], ["-#", name], ["-#", name, other], ["-e", name], ["-e", "=x"], ["-e", " "], ["-X", name + "="],
        ["-Me", "%s/%s=%s %s n - n - - %s" % (which, kind, which, kind, text)], ["-Me", "%s/%s=%s" % (which, kind, text)],
        ["-M", "%s/%s = %s %s n - n - - smtpd %s" % (which, kind, which, kind, text)], ["-Me", "%s=%s" % (which, text)],
        ["-MX", "%s/%s" % (which, kind)], ["-MX", which], ["-M#", "%s/%s" % (which, kind)], ["-M#", which],
        ["-Fe", "%s/%s/%s=%s" % (which, kind, field, text)], ["-F", "%s/%s/%s = %s" % (which, kind, field, text)], ["-Fe", "%s/%s=%s" % (which, kind, text)],
        ["-Pe", "%s/%s/%s=%s" % (which, kind, name, text)], ["-P", "%s/%s/%s = %s" % (which, kind, name, text)], ["-PX", "%s/%s/%s" % (which, kind, name)],
        ["-PX", "%s/%s" % (which, kind)], ["-P", "%s/%s/%s" % (which, kind, name)], ["-F", "%s/%s/%s" % (which, kind, field)], ["-M", "%s/%s" % (which, kind)],
        ["-F", "/" + kind], ["-M", "/" + kind], ["-P", which + "/"], ["-M", which + "//"], ["-PX", "%s//%s" % (which, name)], ["-M", ""], ["-F", "a/b/c/d"],
        ["-Fe", "%s//command=x" % which], ["-e", "%s=a\nb" % name], ["-nd"], ["-o", "user_a=%s" % text, "-x", "user_a", "user_b"],
        ["-o", "%s=%s" % (name, text), "-n"], ["-o", "%s = %s" % (name, text), "-x", name], ["-o", name, "-n"], ["-o", "=", "-n"], ["-dn", name],
        ["-d", name], ["-dx", name], ["-dh", name], ["-nhx", name, other], ["-hH", name], ["-o", "{ user_a = %s }" % text, "-h", "user_a"]])
