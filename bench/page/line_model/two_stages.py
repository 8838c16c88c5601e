import cv_util
from cv_util import *
import re,sys
rows=pickle.load(open('/tmp/q/rows.pkl','rb'))
exec(open('/tmp/q/common.py').read())
p1=dict(params,num_leaves=8,learning_rate=.1)
wts=[wt(r) for r in rows]
def train(ix,Xs,n=60):
    X=np.concatenate([Xs[i] for i in ix]);y=np.concatenate([rows[i]['y'] for i in ix]);w=np.concatenate([wts[i] for i in ix]); m=y>=0
    return lgb.train(p1,lgb.Dataset(X[m],y[m],weight=w[m]),n)
X1=[r['X'][:,idx] for r in rows]
si=[names.index(x) for x in ('setting_share','parent_share','chunk_share','chunk_lines','alike')]
def ctx(r,p):
    n=len(p); q=np.pad(p,3,constant_values=0)
    out=[q[i:i+n] for i in (0,1,2,4,5,6)]
    X=r['X']
    key=[(x[names.index('setting_share')],x[names.index('alike')],x[names.index('heading')],x[names.index('paragraph_tag')]) for x in X]
    g=collections.defaultdict(list)
    for k,pp in zip(key,p): g[k].append(pp)
    out.append(np.array([np.mean(g[k]) for k in key]))
    key=[(x[names.index('chunk_share')],x[names.index('chunk_lines')],x[names.index('chunk_linked')]) for x in X]
    g=collections.defaultdict(list)
    for k,pp in zip(key,p): g[k].append(pp)
    out.append(np.array([np.mean(g[k]) for k in key]))
    out.append(p)
    return np.stack(out,1).astype(np.float32)
probs=[None]*len(rows)
for f in range(10):
    tr=[i for i,r in enumerate(rows) if r['fold']!=f and not r['standin']]
    # inner
    inner=[None]*len(rows)
    for k in range(5):
        a=[i for i in tr if rows[i]['fold']%5!=k] ; b=[i for i in tr if rows[i]['fold']%5==k]
        m=train(a,X1)
        for i in b: inner[i]=m.predict(X1[i])
    m1=train(tr,X1)
    te=[i for i,r in enumerate(rows) if r['fold']==f]
    for i in te: inner[i]=m1.predict(X1[i])
    X2=[None if inner[i] is None else np.hstack([X1[i],ctx(rows[i],inner[i])]) for i in range(len(rows))]
    m2=train(tr,X2,80)
    for i in te: probs[i]=m2.predict(X2[i])
pickle.dump(probs,open('/tmp/q/probs2.pkl','wb'))
for lo,hi in [(.5,.5),(.2,.8),(.12,.88),(.08,.92)]:
    show(f'2stage {lo}',rows,flip(rows,probs,lo,hi))
