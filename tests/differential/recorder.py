"""tests/differential/recorder.py - cases that check nothing: they write down what a mail system answered."""
import json
import os
import re

from harness import Group


class Recorder(Group):
    timeout = 300

    def record(self, question, answer):
        with open(os.environ["DIFFERENTIAL_ANSWERS"], "a") as f:
            f.write(json.dumps(["%s.%s" % (type(self).__name__, self.case), question, answer]) + "\n")

    def clean(self, text):
        """Without what differs from run to run and from suite to suite."""
        suite = self.inst.suite.defaults
        for name in ("daemon_directory", "command_directory", "meta_directory"):
            if suite.get(name):
                text = text.replace(suite[name], "@%s@" % name)
        text = text.replace(self.inst.dir, "@DIR@").replace(self.worker.default_config, "@DEFAULT@")
        text = re.sub(r"postrider", "postfix", text, flags=re.I).replace("Postfix", "postfix")
        return re.sub(r"YP_LAST_MODIFIED(\W+)\d+", r"YP_LAST_MODIFIED\1N", text)

    def go(self, question, *argv, sort=False, **kw):
        r = self.inst.run(*argv, **kw)
        out = sorted(r.out.splitlines()) if sort else r.out
        out = [self.clean(line) for line in out] if sort else self.clean(out)
        self.record(question, [r.rc, out, self.clean(r.err)])
        return r
