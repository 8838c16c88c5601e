import cv_util
from cv_util import *
import re,sys
full=pickle.load(open('/tmp/q/rows.pkl','rb'))
rows=load('/tmp/q/feat_half.jsonl')
exec(open('/tmp/q/common.py').read())
rule=[[l['kind'] in BODY for l in r['lines']] for r in rows]
show('half rules',rows,rule)
p=dict(params,num_leaves=8,learning_rate=.1)
# trained on the full-rule rows, applied to half-rule rows (what a shipped model meets), by site folds
pr=[None]*len(rows); wts=[wt(r) for r in full]
for f in range(10):
    tr=[i for i,r in enumerate(full) if r['fold']!=f and not r['standin']]
    X=np.concatenate([full[i]['X'][:,idx] for i in tr]);y=np.concatenate([full[i]['y'] for i in tr]);w=np.concatenate([wts[i] for i in tr]); m=y>=0
    mod=lgb.train(p,lgb.Dataset(X[m],y[m],weight=w[m]),60)
    for i,r in enumerate(rows):
        if r['fold']==f: pr[i]=mod.predict(r['X'][:,idx])
for lo,hi in [(.2,.8),(.12,.88),(.08,.92)]:
    show(f'half+model {lo}',rows,flip(rows,pr,lo,hi))
